import type { Clock, Egress, HttpClient, HttpOutcome } from '@gatewright/payment-core';
import { classify } from './classify.ts';
import { createRateLimiter, type RateLimit } from './rate-limiter.ts';

export interface HttpClientSettings {
  readonly egress: Egress;
  readonly clock: Clock;
  /** 0 <= n < 1 */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** The account's limit at its gateway; one client per account keeps it. */
  readonly rateLimit?: RateLimit;
  /** Repetitions of a `safe` request after its first attempt. Default 2. */
  readonly retries?: number;
  /** The longest single wait, for a turn or before a repetition; what is asked beyond it is reported. Default 10 s. */
  readonly maxWaitMs?: number;
  /** The longest pause a server may ask for; it counts as so long where it asks for more. Default: a day. */
  readonly longestPauseMs?: number;
}

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * An HttpClient over one egress (invariant 11): keeps the account's rate limit, repeats only `safe` requests with
 * jittered, doubling waits, and honours Retry-After for every later call of the account. Bounded in attempts and
 * in each wait. Takes clock, randomness and sleep, so a virtual clock drives it.
 *
 * The loop is our own because cockatiel waits on the global setTimeout, which no virtual clock can drive.
 */
export const createHttpClient = (settings: HttpClientSettings): HttpClient => {
  const { clock, egress, sleep } = settings;
  const maxWaitMs = settings.maxWaitMs ?? 10_000;
  const limiter = createRateLimiter(clock, settings.rateLimit);

  /** Waits for a turn; the milliseconds to come back after, when there is none within `maxWaitMs`. */
  const turn = async (): Promise<number | undefined> => {
    for (let waitedMs = 0; ; ) {
      const booked = limiter.book(maxWaitMs - waitedMs);
      if (!booked.ok) return booked.retryAfterMs;
      if (booked.waitMs === 0) return undefined;
      await sleep(booked.waitMs);
      waitedMs += booked.waitMs;
      // The server may have asked for a pause meanwhile; then the turn is booked anew.
      if (!limiter.isPaused()) return undefined;
    }
  };

  const attempt: HttpClient = async (request) => {
    const tooSoonMs = await turn();
    if (tooSoonMs !== undefined) {
      return { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: tooSoonMs };
    }
    const outcome = classify(await egress(request), clock.now());
    const askedMs = Math.min(askedWaitMs(outcome), settings.longestPauseMs ?? Number.POSITIVE_INFINITY);
    if (outcome.outcome !== 'unavailable' || askedMs === 0) return outcome;
    limiter.pause(askedMs);
    return { ...outcome, retryAfterMs: askedMs };
  };

  return async (request) => {
    const retries = request.retry === 'safe' ? (settings.retries ?? 2) : 0;
    let outcome = await attempt(request);
    for (let repeated = 0; repeated < retries && isWorthRepeating(outcome); repeated += 1) {
      const waitMs = Math.max(backoffMs(repeated, settings.random()), askedWaitMs(outcome));
      if (waitMs > maxWaitMs) return outcome;
      await sleep(waitMs);
      outcome = await attempt(request);
    }
    return outcome;
  };
};

const askedWaitMs = (outcome: HttpOutcome): number =>
  outcome.outcome === 'unavailable' ? (outcome.retryAfterMs ?? 0) : 0;

/** Between half and the whole of a wait that doubles: 250 ms, 500 ms, 1 s … 5 s. */
const backoffMs = (repeated: number, random: number): number =>
  Math.round(Math.min(FIRST_BACKOFF_MS * 2 ** repeated, LONGEST_BACKOFF_MS) * (0.5 + random / 2));

/** A blocked target, a bad certificate and an answer that is too large stay what they are. */
const isWorthRepeating = (outcome: HttpOutcome): boolean => {
  switch (outcome.outcome) {
    case 'ok':
    case 'refused':
      return false;
    case 'ambiguous':
      return outcome.reason !== 'too-large';
    case 'unavailable':
      return outcome.reason === 'not-sent' || outcome.reason === 'dns' || outcome.reason === 'rate-limited';
    default: {
      const never: never = outcome;
      return never;
    }
  }
};
