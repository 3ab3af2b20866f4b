import { minutes, seconds } from '../../../src/identity/clock.ts';
import { hinting, nameless, noting, on, onCheckout, signing, unreadable } from './base.ts';
import { foundBesideMessages } from './found-beside-messages.ts';
import type { Scenario } from './scenario.ts';

/** A bug that the explorer found in the core. */
export interface Found {
  readonly scenario: Scenario;
  /** What it broke. */
  readonly property: string;
  /** How many states are enough to find it again, where it is less than for the others. */
  readonly states?: number;
  /** Not mended yet: the scenario still breaks the property. */
  readonly open: boolean;
}

/** Enough states to find each of the bugs again. */
export const statesOfFound = ({ states = 30_000 }: Found): number => states;

/** Each stays here for ever, in the smallest scenario that shows it. */
export const found: readonly Found[] = [
  {
    scenario: onCheckout(nameless, {
      name: 'paid before the create answer, unmatched',
      about:
        'the message of a payment comes before the answer that names it; the order is fulfilled later, and a review item still says that the money belongs to no order',
      faults: 0,
    }),
    property: 'false-alarm',
    open: false,
  },
  {
    scenario: onCheckout(
      { ...unreadable, echoesReference: false },
      {
        name: 'matched between look-up and report',
        about:
          'the event finds no invoice, the create answer is stored, then the event is put aside as unmatched and never looked at again',
        faults: 0,
      },
    ),
    property: 'paid-not-fulfilled',
    open: false,
  },
  {
    scenario: onCheckout(unreadable, {
      name: 'a checkout that died, unreadable gateway',
      about: 'the process dies between the attempt and the gateway’s answer: nobody looks, nobody is told',
      faultKinds: ['crash'],
    }),
    property: 'stuck',
    open: false,
  },
  {
    scenario: onCheckout(nameless, {
      name: 'a checkout that died, gateway without references',
      about: 'the same where the gateway can be read but not asked by reference',
      faultKinds: ['crash'],
    }),
    property: 'stuck',
    open: false,
  },
  {
    scenario: onCheckout(hinting, {
      name: 'a hint names the payment first',
      about:
        'the create answer was never stored; the hint carries the gateway’s id, the read is made without it, finds nothing, and the hint counts as applied',
      faultKinds: ['crash'],
    }),
    property: 'order-lost',
    open: false,
  },
  {
    scenario: onCheckout(noting, {
      name: 'a checkout at the deadline',
      about:
        'the order has ended and the shop is about to be told; a shopper checks out, pays, and the order is cancelled',
      opened: [['A', 'noting']],
      faults: 0,
      shoppersUntilMs: minutes(4) + seconds(1),
    }),
    property: 'paid-order-cancelled',
    open: false,
  },
  {
    scenario: on(hinting, {
      name: 'a hint after the watch',
      about: 'money comes after the monitor window; its hint is answered 2xx and ignored in silence',
      latePayments: 'ever',
      faults: 0,
    }),
    property: 'order-lost',
    open: false,
  },
  {
    scenario: onCheckout(signing, {
      name: 'an expiry names the payment first',
      about:
        'the create answer was never stored; the expired message names the payment, the invoice does not learn it, so late money is never read',
      faultKinds: ['crash', 'lose'],
      faults: 2,
      latePayments: 'while-watched',
    }),
    property: 'order-lost',
    open: false,
  },
  {
    scenario: on(unreadable, {
      name: 'seen, then silence',
      about:
        'money was seen, the final message is lost, the gateway cannot be read: silence is reported of open invoices only',
      money: 'seen-first',
      faultKinds: ['lose'],
    }),
    property: 'order-lost',
    open: false,
  },
  {
    scenario: on(nameless, {
      name: 'seen at the deadline, then dropped',
      about:
        'the job that ends the order gives up while money is seen; when it is dropped, nobody ends the order',
      money: 'seen-first',
      faults: 0,
      expiryMs: seconds(75),
      deadlineMs: minutes(1),
      horizonMs: minutes(6),
    }),
    property: 'stuck',
    open: false,
  },
  {
    scenario: on(
      { ...unreadable, sendsExpired: false },
      {
        name: 'a refusal recorded after the settlement',
        about:
          'the shop refused, the worker outlived its lease, another one settled; then the refusal is recorded and the claim released',
        person: ['change-total', 'restore-total'],
        decisions: 2,
        notices: false,
        workers: 2,
        faultKinds: ['stall'],
        longestStallMs: seconds(50),
        horizonMs: minutes(50),
      },
    ),
    property: 'claim-lost',
    open: false,
  },
  {
    scenario: onCheckout(hinting, {
      name: 'adopted at the end of the watch',
      about:
        'the checkout dies before the answer is stored, the order is cancelled or settled otherwise; the invoice is found when its monitor window has ended, and never read',
      person: ['cancel'],
      decisions: 1,
      faultKinds: ['crash', 'lose'],
      faults: 2,
      shoppersUntilMs: 0,
    }),
    property: 'order-lost',
    open: false,
  },
  {
    scenario: onCheckout(noting, {
      name: 'a checkout that died, order over',
      about:
        'its gateway knows our reference only, its message is lost, the order was cancelled or settled otherwise: the invoice is never read',
      person: ['cancel'],
      decisions: 1,
      faultKinds: ['crash', 'lose'],
      faults: 2,
      shoppersUntilMs: 0,
    }),
    property: 'order-lost',
    states: 12_000,
    open: false,
  },
  {
    scenario: onCheckout(noting, {
      name: 'asked again, and not heard',
      about:
        'the create answer is lost, the same call again does not get through: the attempt counts as failed, is never read, and its money is never heard of',
      faultKinds: ['lost-answer', 'down', 'lose'],
      faults: 3,
      shoppersUntilMs: 0,
    }),
    property: 'order-lost',
    states: 6_000,
    open: false,
  },
  {
    scenario: onCheckout(nameless, {
      name: 'put aside and matched while another applies it',
      about:
        'one process has read the event and waits, the other finds no invoice and reports it, the create answer is stored, the first one applies it, and the report stays',
      applyAtOnce: true,
      faults: 0,
      shoppersUntilMs: 0,
    }),
    property: 'false-alarm',
    open: false,
  },
  {
    scenario: on(
      { ...unreadable, sendsExpired: false },
      {
        name: 'a hold that the settlement overtook',
        about:
          'money is seen and then final; the worker that tells the shop to hold is slower than the one that settles, the shop answers that the order has moved, and a person is told',
        money: 'seen-first',
        workers: 2,
        faults: 0,
      },
    ),
    property: 'false-alarm',
    open: false,
  },
  ...foundBesideMessages,
];
