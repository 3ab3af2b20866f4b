import { type Clock, minutes } from '@gatewright/payment-core';

/**
 * How many refusals one store's address answers with 401 in a window; later ones wait. A genuine token is never
 * made to wait, so nobody can lock an operator out by guessing.
 */
const perWindow = 20;
const windowMs = minutes(1);

interface Window {
  readonly endsAt: number;
  readonly count: number;
}

export interface FailureLimit {
  /** Counts a refusal. @returns ms to wait when there were too many, 0 otherwise */
  note(key: string): number;
}

/** @param clock decides when a window ends; one counter for each key, so keys have to be few */
export const createFailureLimit = (clock: Clock): FailureLimit => {
  const windows = new Map<string, Window>();
  return {
    note(key) {
      const now = clock.now();
      const known = windows.get(key);
      const window = known && known.endsAt > now ? known : { endsAt: now + windowMs, count: 0 };
      windows.set(key, { ...window, count: window.count + 1 });
      return window.count < perWindow ? 0 : window.endsAt - now;
    },
  };
};
