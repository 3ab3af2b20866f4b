import type { VirtualClock } from './clock.ts';

export interface RateLimiter {
  /** Counts a request of `key`. Refused with the milliseconds until the oldest one leaves the window. */
  take(key: string): { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };
}

/** At most `limit` requests per key in any window of `windowMs`, on virtual time. */
export const createRateLimiter = (
  clock: Pick<VirtualClock, 'now'>,
  limit: number,
  windowMs: number,
): RateLimiter => {
  const requests = new Map<string, number[]>();
  return {
    take: (key) => {
      const now = clock.now();
      const recent = (requests.get(key) ?? []).filter((time) => time > now - windowMs);
      requests.set(key, recent);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= limit) {
        return { ok: false, retryAfterMs: oldest + windowMs - now };
      }
      recent.push(now);
      return { ok: true };
    },
  };
};

export const unlimited: RateLimiter = { take: () => ({ ok: true }) };
