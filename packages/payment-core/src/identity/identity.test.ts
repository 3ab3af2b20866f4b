import { describe, expect, it } from 'vitest';
import { newTimedRowId, pooledRandom, type RandomBytes } from './identity.ts';

/** 0, 1, 2, … 255, 0, …, and what it was asked for. */
const counting = () => {
  const asked: number[] = [];
  let next = 0;
  const random: RandomBytes = (count) => {
    asked.push(count);
    return Uint8Array.from({ length: count }, () => next++ % 256);
  };
  return { random, asked };
};

describe('newTimedRowId', () => {
  it('stands behind every id of an earlier millisecond, as text, until the year 5138', () => {
    const { random } = counting();
    const times = [0, 1, 1_780_315_200_000, 1_780_315_200_001, 36 ** 8 - 1, 36 ** 8, 99_999_999_999_999];
    const ids = times.map((time) => newTimedRowId(random, time));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([31]));
  });

  it('is another one each time within a millisecond', () => {
    const { random } = counting();
    const ids = Array.from({ length: 16 }, () => newTimedRowId(random, 7));
    expect(new Set(ids).size).toBe(16);
  });
});

describe('pooledRandom', () => {
  it('gives every byte at most once, as many as it was asked for, and asks seldom', () => {
    const { random, asked } = counting();
    const pooled = pooledRandom(random);
    const given = Array.from({ length: 15 }, () => [...pooled(16)]).flat();
    expect(given).toEqual(Array.from({ length: 240 }, (_, at) => at));
    for (let drawn = 240; drawn < 4_096; drawn += 16) pooled(16);
    expect(asked).toEqual([4_096]);
    expect(pooled(1)).toHaveLength(1);
    expect(asked).toEqual([4_096, 4_096]);
  });

  it('keeps no piece that is too short, and hands long requests on', () => {
    const { random, asked } = counting();
    const pooled = pooledRandom(random);
    expect([pooled(4_000), pooled(100), pooled(5_000)].map(({ length }) => length)).toEqual([
      4_000, 100, 5_000,
    ]);
    expect(asked).toEqual([4_096, 4_096, 5_000]);
  });
});
