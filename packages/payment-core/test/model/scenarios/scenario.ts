import type { Design } from '../planted/design.ts';
import type { Traits } from '../world/gateway-state.ts';

export type FaultKind =
  /** The gateway sends an acknowledged message again. */
  | 'repeat'
  /** The gateway gives a message up. */
  | 'lose'
  /** One process dies where it stands. */
  | 'crash'
  /** All processes die at once. */
  | 'power-cut'
  /** Time passes while there is work to do. */
  | 'stall'
  /** A call to the shop or the gateway has its effect, and its answer gets lost. */
  | 'lost-answer'
  /** A call to the shop or the gateway does not arrive. */
  | 'down'
  /** A call to the shop is given up and arrives later. */
  | 'late';

/** What a person can do to an order by hand in the shop. */
export type ShopAct = 'cancel' | 'mark-paid' | 'change-total' | 'restore-total';
/** What a person can decide about a review item. */
export type ReviewAct = 'accept' | 'ignore';

export const everyFault: readonly FaultKind[] = [
  'repeat',
  'lose',
  'crash',
  'power-cut',
  'stall',
  'lost-answer',
  'down',
  'late',
];

/** What one exploration starts from and what may happen in it. Durations in ms. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly gateways: readonly Traits[];
  readonly orders: readonly string[];
  /** Checkouts done before the exploration begins: [order, gateway]. */
  readonly opened: readonly (readonly [string, string])[];
  /** Checkouts a shopper may begin while the order waits for payment. */
  readonly checkouts: readonly (readonly [string, string])[];
  /** The first invoice is paid and its order fulfilled before the exploration begins. */
  readonly paidBefore: boolean;
  /** Refunds the owner may ask for once the order was fulfilled: [order, refund id], the same id again for a repeat. */
  readonly refunds: readonly (readonly [string, string])[];
  readonly workers: number;
  /** The process that acknowledged an event applies it at once, besides its job. */
  readonly applyAtOnce: boolean;
  /** Money is final at once, or seen first and then final or dropped, or either. */
  readonly money: 'final' | 'seen-first' | 'either';
  /** Does the gateway take money after the expiry: while we still watch the invoice, or whenever. */
  readonly latePayments: 'never' | 'while-watched' | 'ever';
  /** What a person may do in the shop and with review items, and how often in all. */
  readonly person: readonly (ShopAct | ReviewAct)[];
  readonly decisions: number;
  /** The shop tells us when a person changed an order. */
  readonly notices: boolean;
  readonly faults: number;
  readonly faultKinds: readonly FaultKind[];
  /** How much time one stall lets pass at most. */
  readonly longestStallMs: number;
  readonly latePolicy: 'hold' | 'accept';
  /** The invoice's life, how long it is watched after it, and how long its order waits. */
  readonly expiryMs: number;
  readonly monitorMs: number;
  readonly deadlineMs: number;
  /** Shoppers come to check out until then. */
  readonly shoppersUntilMs: number;
  /** Nothing is looked at beyond this. */
  readonly horizonMs: number;
  readonly design: Design;
}
