import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../identity/clock.ts';
import { parseCurrency } from '../money/currency.ts';
import { parseDecimal } from '../money/decimal.ts';
import { isFresh, maxRateAge } from './freshness.ts';
import type { FrozenRate } from './rate-source.ts';

const now = Date.UTC(2026, 5, 1, 12);
const code = (text: string) => parseCurrency(text)!;
const rate = (from: string, to: string, at: number): FrozenRate => ({
  from: code(from),
  to: code(to),
  value: parseDecimal('3.2')!,
  source: 'test',
  at,
});

describe('freshness', () => {
  it('lets an asset rate live 5 minutes and a fiat rate 24 hours', () => {
    expect(maxRateAge(code('TON'), code('USD'))).toBe(minutes(5));
    expect(maxRateAge(code('USD'), code('TON'))).toBe(minutes(5));
    expect(maxRateAge(code('EUR'), code('USD'))).toBe(hours(24));
  });

  it('takes a currency nobody knows for an asset', () => {
    expect(maxRateAge(code('XYZ'), code('USD'))).toBe(minutes(5));
  });

  it('ends exactly after the limit', () => {
    expect(isFresh(rate('TON', 'USD', now - minutes(5)), now)).toBe(true);
    expect(isFresh(rate('TON', 'USD', now - minutes(5) - 1), now)).toBe(false);
    expect(isFresh(rate('EUR', 'USD', now - hours(24)), now)).toBe(true);
    expect(isFresh(rate('EUR', 'USD', now - hours(24) - 1), now)).toBe(false);
  });

  it('forgives a minute of clock skew, no more', () => {
    expect(isFresh(rate('TON', 'USD', now + minutes(1)), now)).toBe(true);
    expect(isFresh(rate('TON', 'USD', now + minutes(1) + 1), now)).toBe(false);
  });

  it('takes other limits as data', () => {
    const strict = { assetsMs: 0, fiatMs: minutes(1) };
    expect(isFresh(rate('TON', 'USD', now - 1), now, strict)).toBe(false);
    expect(isFresh(rate('EUR', 'USD', now - minutes(1)), now, strict)).toBe(true);
  });
});
