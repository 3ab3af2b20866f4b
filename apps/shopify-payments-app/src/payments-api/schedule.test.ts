import { hours, minutes, seconds } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { exhaustedAfterMs, waitAfter } from './schedule.ts';

test('the first tries come soon, the last ones every four hours', () => {
  const tries: number[] = [];
  for (let age = 0; tries.length < 20; age += waitAfter(age)) tries.push(age);
  expect(tries.slice(0, 6)).toEqual([0, 5, 15, 45, 90, 150].map(seconds));
  expect(tries.slice(-2).map((at, index) => at - (tries.at(-3 + index) ?? 0))).toEqual([hours(4), hours(4)]);
});

test('the schedule is about a day', () => {
  expect(exhaustedAfterMs).toBeGreaterThan(hours(23));
  expect(exhaustedAfterMs).toBeLessThan(hours(25));
});

test('a process that was down comes in at the next try', () => {
  expect(waitAfter(seconds(4))).toBe(seconds(1));
  expect(waitAfter(seconds(15))).toBe(seconds(30));
  expect(waitAfter(minutes(10_000))).toBe(hours(4));
});
