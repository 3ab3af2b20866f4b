import { hinting, on, refunding, signing, unreadable } from '../scenarios/base.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { asBuilt, type Design } from './design.ts';
import {
  checksNoRefund,
  claimAlwaysWins,
  forgetsFacts,
  forgetsRefunds,
  jobAfterAnswer,
  readsOutside,
  withTables,
} from './planted-ledger.ts';

/** A bug put into the design, and where it shows. The same scenario must hold without it. */
export interface Planted {
  readonly name: string;
  readonly scenario: Scenario;
  readonly design: Design;
  /** What it breaks; null: the rest of the design makes up for it. */
  readonly breaks: string | null;
}

const twoAttempts = on(signing, {
  gateways: [signing, unreadable],
  opened: [
    ['A', 'signing'],
    ['A', 'unreadable'],
  ],
  faults: 0,
});

const lostAnswers = on(signing, { faultKinds: ['lost-answer'] });

const askedTwice = on(refunding, {
  paidBefore: true,
  refunds: [
    ['A', 'r1'],
    ['A', 'r1'],
  ],
  faultKinds: ['lost-answer', 'crash'],
});

export const plantedBugs: readonly Planted[] = [
  {
    name: 'inbox and job are not atomic: an acknowledged event is lost',
    scenario: on(unreadable, { faultKinds: ['crash'] }),
    design: { ...asBuilt, ledger: jobAfterAnswer },
    breaks: 'event-lost',
  },
  {
    name: 'inbox and job are not atomic: an order is lost',
    scenario: on(unreadable, { faultKinds: ['crash'], horizonMs: 300_000 }),
    design: { ...asBuilt, ledger: jobAfterAnswer },
    breaks: 'order-lost',
  },
  {
    name: 'version check removed, reads outside the transaction: a paid invoice is undone',
    scenario: on(signing, { faults: 0 }),
    design: { ...asBuilt, ledger: readsOutside('ignored') },
    breaks: 'settled-undone',
  },
  {
    name: 'reads outside the transaction, version check kept',
    scenario: on(signing, { faults: 0 }),
    design: { ...asBuilt, ledger: readsOutside('checked') },
    breaks: null,
  },
  {
    name: 'claim and storefront idempotency removed: fulfilled twice by two payments',
    scenario: twoAttempts,
    design: { ...asBuilt, ledger: withTables(claimAlwaysWins), shop: 'forgets-claims' },
    breaks: 'fulfilled-twice',
  },
  {
    name: 'claim alone removed',
    scenario: twoAttempts,
    design: { ...asBuilt, ledger: withTables(claimAlwaysWins) },
    breaks: null,
  },
  {
    name: 'storefront idempotency alone removed, no call fails',
    scenario: twoAttempts,
    design: { ...asBuilt, shop: 'forgets-claims' },
    breaks: null,
  },
  {
    name: 'storefront idempotency alone removed, an answer gets lost: fulfilled twice',
    scenario: lostAnswers,
    design: { ...asBuilt, shop: 'forgets-claims' },
    breaks: 'fulfilled-twice',
  },
  {
    name: 'reconciliation removed, one message lost: late money is never heard of',
    scenario: on(signing, { faultKinds: ['lose'], latePayments: 'while-watched' }),
    design: { ...asBuilt, poller: false },
    breaks: 'order-lost',
  },
  {
    name: 'a shop that does not look at its order first: a cancelled order is fulfilled',
    scenario: on(hinting, { faults: 0, person: ['cancel'], decisions: 1 }),
    design: { ...asBuilt, shop: 'does-not-look' },
    breaks: 'decision-overwritten',
  },
  {
    name: 'refunds are not kept before they are sent: one is paid back twice',
    scenario: askedTwice,
    design: { ...asBuilt, ledger: withTables(forgetsRefunds) },
    breaks: 'refunded-twice',
  },
  {
    name: "a refund that was broken off is nobody's: it is being sent for ever",
    scenario: askedTwice,
    design: { ...asBuilt, ledger: withTables(checksNoRefund) },
    breaks: 'stuck',
  },
  {
    name: 'event key alone removed',
    scenario: on(signing, { faultKinds: ['repeat', 'crash', 'lost-answer'] }),
    design: { ...asBuilt, ledger: withTables(forgetsFacts) },
    breaks: null,
  },
  {
    name: 'event key alone removed, two workers and two repetitions',
    scenario: on(unreadable, { faultKinds: ['repeat'], faults: 2, workers: 2 }),
    design: { ...asBuilt, ledger: withTables(forgetsFacts) },
    breaks: null,
  },
];
