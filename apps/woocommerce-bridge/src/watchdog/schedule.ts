import { hours, minutes } from '@gatewright/payment-core';

/** When shops are looked at, as data. */
export interface WatchPolicy {
  /** Between two looks at a shop that works. */
  readonly everyMs: number;
  /** After the first failed look; doubled with each further one. */
  readonly brokenMs: number;
  /** The longest wait for a broken shop. */
  readonly brokenAtMostMs: number;
  /** Share of a wait that is spread at random, so that many shops are not asked at once. */
  readonly jitter: number;
  readonly storesPerRound: number;
  readonly atOnce: number;
  /** A look that ends with its process is taken up again after this. */
  readonly leaseMs: number;
  /** How often new stores are looked for. */
  readonly seedMs: number;
}

export const watchPolicy: WatchPolicy = {
  everyMs: hours(6),
  brokenMs: minutes(5),
  brokenAtMostMs: hours(2),
  jitter: 0.2,
  storesPerRound: 12,
  atOnce: 3,
  leaseMs: minutes(10),
  seedMs: minutes(1),
};

/**
 * @param failures looks that failed in a row, this one included; 0: it worked
 * @param chance 0 <= n < 1
 */
export const nextLookMs = (policy: WatchPolicy, failures: number, chance: number): number => {
  const whole =
    failures === 0 ? policy.everyMs : Math.min(policy.brokenMs * 2 ** (failures - 1), policy.brokenAtMostMs);
  return Math.round(whole * (1 - policy.jitter * chance));
};
