import type { Clock } from '@gatewright/payment-core';

export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** Starts at the second of the recorded traffic. */
export const testClock = (start = Date.parse('2026-11-21T08:13:46Z')): TestClock => {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
};
