import { hours, minutes } from '@gatewright/payment-core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextLookMs, watchPolicy } from './schedule.ts';

test('a shop that works is looked at every six hours, spread over a fifth of them', () => {
  expect(nextLookMs(watchPolicy, 0, 0)).toBe(hours(6));
  expect(nextLookMs(watchPolicy, 0, 0.5)).toBe(hours(6) * 0.9);
});

test('a broken one after 5, 10, 20, 40, 80 minutes, then every two hours', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 60].map((failures) => nextLookMs(watchPolicy, failures, 0));
  expect(waits).toEqual([5, 10, 20, 40, 80, 120, 120, 120].map(minutes));
});

test('it is never asked sooner than four minutes after, whatever the chance and however long it lasts', async () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  await fc.assert(
    fc.property(fc.nat(10_000), chance, (failures, luck) => {
      const wait = nextLookMs(watchPolicy, failures, luck);
      expect(wait).toBeGreaterThanOrEqual(minutes(4));
      expect(wait).toBeLessThanOrEqual(hours(6));
    }),
    { seed: 11 },
  );
});
