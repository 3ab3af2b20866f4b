import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

describe('createRateLimiter', () => {
  it('starts no more than the limit in any window, in order, and never later than it must', () => {
    const limit = fc.record({
      requests: fc.integer({ min: 1, max: 5 }),
      perMs: fc.integer({ min: 1, max: 1000 }),
    });
    const steps = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(limit, steps, ({ requests, perMs }, gaps) => {
        let now = 0;
        const limiter = createRateLimiter({ now: () => now }, { requests, perMs });
        const starts: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const turn = limiter.book(Number.POSITIVE_INFINITY);
          if (!turn.ok) throw new Error('refused');
          const start = now + turn.waitMs;
          const blocker = starts[starts.length - requests];
          expect(start).toBe(Math.max(now, blocker === undefined ? 0 : blocker + perMs));
          expect(start).toBeGreaterThanOrEqual(starts.at(-1) ?? 0);
          starts.push(start);
        }
      }),
      { seed: 43, numRuns: 300 },
    );
  });

  it('books nothing that it refuses', () => {
    const limiter = createRateLimiter({ now: () => 0 }, { requests: 1, perMs: 1000 });
    expect(limiter.book(0)).toEqual({ ok: true, waitMs: 0 });
    for (let asked = 0; asked < 5; asked += 1) {
      expect(limiter.book(999)).toEqual({ ok: false, retryAfterMs: 1000 });
    }
    expect(limiter.book(1000)).toEqual({ ok: true, waitMs: 1000 });
  });

  it('a pause holds every turn, and a shorter one does not shorten it', () => {
    let now = 0;
    const limiter = createRateLimiter({ now: () => now });
    limiter.pause(500);
    limiter.pause(100);
    expect(limiter.book(1000)).toEqual({ ok: true, waitMs: 500 });
    expect(limiter.book(100)).toEqual({ ok: false, retryAfterMs: 500 });
    now = 499;
    expect(limiter.isPaused()).toBe(true);
    now = 500;
    expect(limiter.isPaused()).toBe(false);
    expect(limiter.book(0)).toEqual({ ok: true, waitMs: 0 });
  });
});
