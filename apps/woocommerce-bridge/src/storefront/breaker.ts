import { minutes, type RandomBytes, seconds } from '@gatewright/payment-core';
import type { ConnectionFault } from './connection-findings.ts';

/** So many calls in a row must fail before the others are held back. */
const patience = 3;
const firstWaitMs = seconds(10);
const longestWaitMs = minutes(5);

/** The one call that finds out has so long; longer than any call takes. When its process died, the next one asks. */
export const probeMs = seconds(30);

type Blow = 'strike' | 'answered' | 'not-called';

/** Whether the fault says that the shop as a whole does not work, or that it did answer this one call. */
const blowOf = (fault: ConnectionFault): Blow => {
  switch (fault) {
    case 'unauthorized':
    case 'redirected':
    case 'not-json':
    case 'shop-error':
    case 'shop-timeout':
    case 'shop-unreachable':
    case 'shop-certificate':
    case 'shop-address-blocked':
      return 'strike';
    case 'route-missing':
    case 'answer-not-understood':
    case 'write-ignored':
    case 'shop-busy':
    case 'order-busy':
      return 'answered';
    case 'credentials-missing':
    case 'not-paired':
      return 'not-called';
    default: {
      const never: never = fault;
      return never;
    }
  }
};

export interface Strikes {
  readonly strikes: number;
  /** Nobody calls the shop before, and then one; null: it may be called. */
  readonly retryAt: number | null;
}

/** What a fault does to a shop that had `strikes` against it. A shop that fails is asked after 10 s, then ever more rarely, every 5 min at least. */
export const nextStrike = (fault: ConnectionFault, strikes: number, now: number): Strikes => {
  const blow = blowOf(fault);
  if (blow === 'answered') return { strikes: 0, retryAt: null };
  const next = blow === 'strike' ? strikes + 1 : strikes;
  if (next < patience) return { strikes: next, retryAt: null };
  return { strikes: next, retryAt: now + Math.min(firstWaitMs * 2 ** (next - patience), longestWaitMs) };
};

/** Up to a fifth later, so that all who were held back do not come at once. */
export const spread = (waitMs: number, random: RandomBytes): number => {
  const [byte = 0] = random(1);
  return Math.round(waitMs * (1 + (0.2 * byte) / 255));
};
