import { expect, test } from 'vitest';
import { createTokenBuckets } from '../../src/serve/token-bucket.ts';

const buckets = (capacity: number, perSecond: number) => {
  const clock = { at: 0, now: () => clock.at };
  return { clock, ...createTokenBuckets(clock, { capacity, perSecond }) };
};

test('a key spends what it has and waits for the rest; the others do not', () => {
  const { take, clock } = buckets(10, 2);
  expect([take('a', 6), take('a', 4)]).toEqual([0, 0]);
  expect(take('a', 1)).toBe(500);
  expect(take('b', 10)).toBe(0);
  clock.at = 499;
  expect(take('a', 1)).toBe(1);
  clock.at = 500;
  expect(take('a', 1)).toBe(0);
});

test('a bucket never holds more than its capacity, and a clock that goes back takes nothing away', () => {
  const { take, clock } = buckets(3, 1);
  take('a', 1);
  clock.at = 3_600_000;
  expect([take('a', 3), take('a', 1)]).toEqual([0, 1_000]);
  clock.at = 0;
  expect(take('a', 1)).toBe(1_000);
});

test('a refusal costs nothing', () => {
  const { take, clock } = buckets(2, 1);
  take('a', 2);
  for (let round = 0; round < 50; round += 1) take('a', 2);
  clock.at = 2_000;
  expect(take('a', 2)).toBe(0);
});

test('keys without end keep to their room', () => {
  const { take } = buckets(1, 0.001);
  expect(take('first', 1)).toBe(0);
  for (let key = 0; key < 10_000; key += 1) take(`key-${key}`, 1);
  // Forgotten, so it starts afresh; the newest is remembered.
  expect(take('first', 1)).toBe(0);
  expect(take('key-9999', 1)).toBeGreaterThan(0);
});
