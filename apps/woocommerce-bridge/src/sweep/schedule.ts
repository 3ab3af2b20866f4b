import { hours, minutes, type RandomBytes, randomFraction } from '@gatewright/payment-core';

/** Where a payment begins with a changed order, and where the plugin begins it. */
export type SweepMode = 'rest-only' | 'plugin';

/** When shops are asked which orders have changed, as data. */
export interface SweepPolicy {
  readonly everyMs: Readonly<Record<SweepMode, number>>;
  /** Looked at again each time: a change can become visible after a later one. */
  readonly overlapMs: number;
  /** Of 100 orders each; then the shops that have waited longer come first. */
  readonly pagesPerTurn: number;
  /** Shops that are asked at the same time. */
  readonly atOnce: number;
  /** A turn that ends with its process is taken up again after this. */
  readonly leaseMs: number;
  /** The longest wait for a shop that does not answer. */
  readonly brokenAtMostMs: number;
  /** Share of a wait that is spread at random. */
  readonly jitter: number;
  /** How often stores that are new or have changed their mode are looked for. */
  readonly storesMs: number;
}

export const sweepPolicy: SweepPolicy = {
  everyMs: { 'rest-only': minutes(5), plugin: hours(1) },
  overlapMs: minutes(5),
  pagesPerTurn: 10,
  atOnce: 6,
  leaseMs: minutes(10),
  brokenAtMostMs: minutes(30),
  jitter: 0.1,
  storesMs: minutes(1),
};

/** Ms until the next turn. @param failures turns that failed in a row, this one included; 0: it worked */
export const nextSweepMs = (
  { everyMs, brokenAtMostMs, jitter }: SweepPolicy,
  mode: SweepMode,
  failures: number,
  random: RandomBytes,
): number => {
  const every = everyMs[mode];
  const longest = Math.max(every, brokenAtMostMs);
  return Math.round(Math.min(every * 2 ** failures, longest) * (1 - jitter * randomFraction(random)));
};
