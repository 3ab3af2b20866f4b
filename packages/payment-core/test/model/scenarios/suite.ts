import { minutes } from '../../../src/identity/clock.ts';
import {
  base,
  confirmed,
  hinting,
  nameless,
  noting,
  on,
  onCheckout,
  refunding,
  signing,
  unreadable,
} from './base.ts';
import type { Scenario } from './scenario.ts';

const oneFault = [signing, hinting, unreadable, nameless].map((gateway) =>
  on(gateway, {
    name: `one fault, ${gateway.id}`,
    about: 'one invoice, one worker, the poller; one fault of any kind but a stall',
  }),
);

/** Explored to the end by `npm test` and `npm run model`. */
export const suite: readonly Scenario[] = [
  ...oneFault,
  on(signing, {
    name: 'applied at once',
    about: 'who acknowledged an event applies it at once, besides its job',
    applyAtOnce: true,
    faults: 0,
  }),
  on(confirmed, {
    name: 'one stall',
    about: 'time passes while there is work: leases end, messages come late',
    faultKinds: ['stall'],
  }),
  on(hinting, {
    name: 'a person in the shop',
    about: 'a person cancels the order, books a bank transfer on it or changes its total, at any moment',
    person: ['cancel', 'mark-paid', 'change-total'],
    decisions: 1,
    faults: 0,
  }),
  on(unreadable, {
    name: 'an operator',
    about: 'late money is held; an operator accepts or ignores review items, a person cancels in the shop',
    latePayments: 'while-watched',
    person: ['accept', 'ignore', 'cancel'],
    decisions: 2,
    faults: 0,
  }),
  on(signing, {
    name: 'two attempts',
    about: 'one order with two open invoices on two gateways, both payable',
    gateways: [signing, unreadable],
    opened: [
      ['A', 'signing'],
      ['A', 'unreadable'],
    ],
    faults: 0,
    horizonMs: base.horizonMs,
  }),
  on(signing, {
    name: 'late money accepted',
    about: 'the gateway takes money after the expiry and the store accepts it',
    latePayments: 'while-watched',
    latePolicy: 'accept',
    faults: 0,
  }),
  on(hinting, {
    name: 'seen before final',
    about: 'money is seen, and becomes final or is dropped',
    money: 'either',
    faults: 0,
    horizonMs: minutes(6),
  }),
  onCheckout(confirmed, {
    name: 'a checkout, one fault',
    about: 'the create call fails or its answer is lost, the poller and the gateway fail',
    faultKinds: ['lost-answer', 'down', 'lose', 'repeat'],
  }),
  on(refunding, {
    name: 'a refund, one fault',
    about: 'the owner asks for a refund, again, and for another one; an answer is lost, a process dies',
    paidBefore: true,
    refunds: [
      ['A', 'r1'],
      ['A', 'r1'],
      ['A', 'r2'],
    ],
    faultKinds: ['lost-answer', 'down', 'crash'],
  }),
  onCheckout(noting, {
    name: 'two checkouts at once',
    about: 'the shopper clicks twice',
    checkouts: [
      ['A', 'noting'],
      ['A', 'noting'],
    ],
    faults: 0,
  }),
];
