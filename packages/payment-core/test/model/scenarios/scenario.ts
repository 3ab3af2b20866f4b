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
export type PersonAct = 'cancel' | 'mark-paid' | 'change-total' | 'restore-total';

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
  /** Checkouts a shopper may begin at any time before the orders' deadline. */
  readonly checkouts: readonly (readonly [string, string])[];
  readonly workers: number;
  /** The process that acknowledged an event applies it at once, besides its job. */
  readonly applyAtOnce: boolean;
  /** Money can be seen before it is final, and dropped again. */
  readonly seenFirst: boolean;
  /** Does the gateway take money after the expiry: while we still watch the invoice, or whenever. */
  readonly latePayments: 'never' | 'while-watched' | 'ever';
  /** What a person may do in the shop, and how often in all. */
  readonly person: readonly PersonAct[];
  readonly decisions: number;
  readonly faults: number;
  readonly faultKinds: readonly FaultKind[];
  readonly latePolicy: 'hold' | 'accept';
  /** The invoice's life, how long it is watched after it, and how long its order waits. */
  readonly expiryMs: number;
  readonly monitorMs: number;
  readonly deadlineMs: number;
  /** Nothing is looked at beyond this. */
  readonly horizonMs: number;
  readonly design: Design;
}
