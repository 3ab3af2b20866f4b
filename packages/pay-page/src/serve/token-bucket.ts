import { type Clock, seconds } from '@gatewright/payment-core';

export interface BucketSize {
  /** Tokens a key can save up. */
  readonly capacity: number;
  readonly perSecond: number;
}

export interface TokenBuckets {
  /** Takes `cost` tokens. @returns ms until there are enough; 0 when they were taken */
  take(key: string, cost: number): number;
}

/** Whoever was not seen for longest is forgotten first; its bucket would have filled up again by then. */
const keysKept = 10_000;

/** One bucket for each key, on the given clock. A bucket is kept as the instant at which it will be full again. */
export const createTokenBuckets = (clock: Clock, { capacity, perSecond }: BucketSize): TokenBuckets => {
  const msPerToken = seconds(1) / perSecond;
  const room = capacity * msPerToken;
  const fullAt = new Map<string, number>();
  const keep = (key: string, at: number): void => {
    fullAt.delete(key);
    fullAt.set(key, at);
    if (fullAt.size <= keysKept) return;
    const [oldest] = fullAt.keys();
    if (oldest !== undefined) fullAt.delete(oldest);
  };
  return {
    take(key, cost) {
      const now = clock.now();
      // Neither fuller than full nor, where the clock was set back, emptier than empty.
      const before = Math.min(Math.max(fullAt.get(key) ?? now, now), now + room);
      const after = before + cost * msPerToken;
      const wait = Math.ceil(Math.max(0, after - room - now));
      keep(key, wait > 0 ? before : after);
      return wait;
    },
  };
};
