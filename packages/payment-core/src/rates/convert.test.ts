import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCurrency } from '../money/currency.ts';
import { compareDecimal, multiplyDecimal, parseDecimal, subtractDecimal } from '../money/decimal.ts';
import type { Money } from '../money/money.ts';
import { convert } from './convert.ts';
import type { FrozenRate } from './rate-source.ts';

const code = (text: string) => parseCurrency(text)!;
const money = (amount: string, currency: string): Money => ({
  amount: parseDecimal(amount)!,
  currency: code(currency),
});
const rate = (from: string, to: string, value: string): FrozenRate => ({
  from: code(from),
  to: code(to),
  value: parseDecimal(value)!,
  source: 'test',
  at: 0,
});

const amountOf = (...input: Parameters<typeof convert>): string => {
  const result = convert(...input);
  return result.ok ? result.money.amount : result.reason;
};

describe('convert', () => {
  it('CPC-8: a quote is rounded up to the currency, never below the order', () => {
    expect(amountOf(money('10', 'EUR'), rate('EUR', 'USD', '1.08341'), 'up')).toBe('10.84');
    expect(amountOf(money('10', 'EUR'), rate('EUR', 'USD', '1.08'), 'up')).toBe('10.8');
    expect(amountOf(money('1', 'EUR'), rate('EUR', 'JPY', '160.0001'), 'up')).toBe('161');
    expect(amountOf(money('1', 'USD'), rate('USD', 'KWD', '0.3071'), 'up')).toBe('0.308');
  });

  it('a valuation is rounded down', () => {
    expect(amountOf(money('1.7965', 'TON'), rate('TON', 'USD', '3.219'), 'down')).toBe('5.78');
  });

  it('uses the decimals of the asset on its network', () => {
    const third = rate('EUR', 'USDT', '0.333333333333333333333');
    expect(amountOf(money('1', 'EUR'), third, 'up')).toBe('0.333334');
    expect(amountOf(money('1', 'EUR'), third, 'up', 'bsc')).toBe('0.333333333333333334');
    expect(convert(money('1', 'EUR'), rate('EUR', 'USDT', '1'), 'up', 'tron')).toEqual({
      ok: true,
      money: { ...money('1', 'USDT'), network: 'tron' },
    });
  });

  it('refuses what it cannot convert', () => {
    expect(amountOf(money('1', 'GBP'), rate('EUR', 'USD', '1.08'), 'up')).toBe('rate-of-another-pair');
    expect(amountOf(money('1', 'EUR'), rate('EUR', 'USD', '0.0'), 'up')).toBe('rate-zero');
    expect(amountOf(money('1', 'EUR'), rate('EUR', 'XYZ', '2'), 'up')).toBe('scale-unknown');
  });

  it('is exact: up and down enclose the product by less than one cent', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((cents) => {
      const text = cents.toString().padStart(3, '0');
      return `${text.slice(0, -2)}.${text.slice(-2)}`;
    });
    const value = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((units) => {
      const text = units.toString().padStart(10, '0');
      return `${text.slice(0, -9)}.${text.slice(-9)}`;
    });
    fc.assert(
      fc.property(digits, value, (amount, worth) => {
        const exact = multiplyDecimal(parseDecimal(amount)!, parseDecimal(worth)!);
        const up = parseDecimal(amountOf(money(amount, 'EUR'), rate('EUR', 'USD', worth), 'up'))!;
        const down = parseDecimal(amountOf(money(amount, 'EUR'), rate('EUR', 'USD', worth), 'down'))!;
        expect(compareDecimal(down, exact)).toBeLessThanOrEqual(0);
        expect(compareDecimal(up, exact)).toBeGreaterThanOrEqual(0);
        expect(['0', '0.01']).toContain(subtractDecimal(up, down));
      }),
      { seed: 8 },
    );
  });
});
