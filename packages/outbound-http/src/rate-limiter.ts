import type { Clock } from '@gatewright/payment-core';

export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
}

export type Turn =
  | { readonly ok: true; readonly waitMs: number }
  | { readonly ok: false; readonly retryAfterMs: number };

export interface RateLimiter {
  /** The next start that keeps the limit, booked when it lies within `maxWaitMs`. */
  readonly book: (maxWaitMs: number) => Turn;
  /** Nothing starts for so long: the server said so. */
  readonly pause: (ms: number) => void;
  readonly isPaused: () => boolean;
}

/**
 * At most `requests` starts in any window of `perMs`, in the order of asking. Keeps the last `requests` start
 * times and nothing else. Without a limit only pauses count.
 */
export const createRateLimiter = (clock: Clock, limit?: RateLimit): RateLimiter => {
  const starts: number[] = [];
  let pausedUntil = 0;
  const isPaused = (): boolean => pausedUntil > clock.now();
  const book = (maxWaitMs: number): Turn => {
    const now = clock.now();
    const oldest = limit === undefined ? undefined : starts[starts.length - limit.requests];
    const start = Math.max(now, pausedUntil, oldest === undefined ? 0 : oldest + (limit?.perMs ?? 0));
    if (start - now > maxWaitMs) return { ok: false, retryAfterMs: start - now };
    if (limit !== undefined) {
      starts.push(start);
      if (starts.length > limit.requests) starts.shift();
    }
    return { ok: true, waitMs: start - now };
  };
  const pause = (ms: number): void => {
    pausedUntil = Math.max(pausedUntil, clock.now() + ms);
  };
  return { book, pause, isPaused };
};
