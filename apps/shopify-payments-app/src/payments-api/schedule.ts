import { hours, minutes, seconds } from '@gatewright/payment-core';

/**
 * When a mutation that Shopify did not take is sent again: about a day in all, as an app that passed Shopify's review
 * does it (contract 2.7), and every four hours from then on, because paid money is never given up.
 */
const waits: readonly number[] = [
  ...[5, 10, 30, 45].map(seconds),
  ...[1, 2, 5, 12, 38].map(minutes),
  ...[1, 2, 4, 4, 4, 4, 4].map(hours),
];

const last = hours(4);

/** Where the schedule ends, and with it the hope that this mends itself; a person hears of it. */
export const exhaustedAfterMs = waits.reduce((sum, wait) => sum + wait, 0);

/** @param age ms since the mutation became due @returns ms until the next try */
export const waitAfter = (age: number): number => {
  let due = 0;
  for (const wait of waits) {
    due += wait;
    if (due > age) return due - age;
  }
  return last;
};
