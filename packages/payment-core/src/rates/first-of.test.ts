import { describe, expect, it } from 'vitest';
import { minutes } from '../identity/clock.ts';
import { parseCurrency } from '../money/currency.ts';
import { parseDecimal } from '../money/decimal.ts';
import { createFirstOf } from './first-of.ts';
import type { RateSource } from './rate-source.ts';

const code = (text: string) => parseCurrency(text)!;
const now = Date.UTC(2026, 5, 1, 12);

/** Says the same value for one pair, as old as told; counts how often it was asked. */
const saying = (source: string, from: string, value: string, ageMs = 0): RateSource & { asked: number } => ({
  asked: 0,
  async rate(asked, to, at) {
    this.asked += 1;
    return asked === code(from)
      ? { from: asked, to, value: parseDecimal(value)!, source, at: at - ageMs }
      : undefined;
  },
});

describe('createFirstOf', () => {
  it('asks in order and stops at the first rate', async () => {
    const sources = [saying('a', 'EUR', '1'), saying('b', 'TON', '2'), saying('c', 'TON', '3')];
    const rate = await createFirstOf({ sources }).rate(code('TON'), code('USD'), now);
    expect(rate).toMatchObject({ source: 'b', value: '2' });
    expect(sources.map(({ asked }) => asked)).toEqual([1, 1, 0]);
  });

  it('goes past a source that gives a stale rate, to one that has a fresh one', async () => {
    const sources = [saying('stale', 'TON', '2', minutes(5) + 1), saying('fresh', 'TON', '3', minutes(5))];
    expect(await createFirstOf({ sources }).rate(code('TON'), code('USD'), now)).toMatchObject({
      source: 'fresh',
    });
  });

  it('has nothing when nobody has', async () => {
    expect(await createFirstOf({ sources: [] }).rate(code('TON'), code('USD'), now)).toBeUndefined();
  });
});
