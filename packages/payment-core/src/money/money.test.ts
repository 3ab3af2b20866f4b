import { describe, expect, it } from 'vitest';
import { type Network, parseCurrency } from './currency.ts';
import { parseDecimal } from './decimal.ts';
import { compareMoney, formatMoney, type Money, type MoneyResult, money, sameCurrency } from './money.ts';

const make = (amount: string, currency: string, network?: Network): MoneyResult => {
  const [decimal, code] = [parseDecimal(amount), parseCurrency(currency)];
  if (decimal === undefined || code === undefined) throw new Error('bad fixture');
  return money(decimal, code, network);
};

const of = (amount: string, currency: string, network?: Network): Money => {
  const result = make(amount, currency, network);
  if (!result.ok) throw new Error(result.reason);
  return result.money;
};

describe('money', () => {
  it('refuses digits finer than the currency, not zeros', () => {
    expect(make('49.901', 'USD')).toEqual({ ok: false, reason: 'scale-too-fine' });
    expect(make('1.5', 'JPY')).toEqual({ ok: false, reason: 'scale-too-fine' });
    expect(make('1.0000001', 'USDT', 'tron')).toEqual({ ok: false, reason: 'scale-too-fine' });
    expect(make('1.0000001', 'USDT', 'bsc').ok).toBe(true);
    expect(make('1.234', 'KWD').ok).toBe(true);
    expect(of('49.900', 'USD').amount).toBe('49.900');
    expect(of('100.0', 'JPY').amount).toBe('100.0');
  });

  it('carries an unknown asset as it was reported', () => {
    expect(of('0.123456789012345678901', 'WHATEVER').amount).toBe('0.123456789012345678901');
  });

  it('has no network for fiat', () => {
    expect(make('1', 'USD', 'tron')).toEqual({ ok: false, reason: 'network-on-fiat' });
  });
});

describe('compareMoney', () => {
  it('compares in value', () => {
    expect(compareMoney(of('49.9', 'USD'), of('49.90', 'USD'))).toEqual({ ok: true, order: 0 });
    expect(compareMoney(of('9.99', 'USD'), of('10', 'USD'))).toEqual({ ok: true, order: -1 });
    expect(compareMoney(of('100', 'USDT', 'tron'), of('99', 'USDT', 'tron'))).toEqual({ ok: true, order: 1 });
  });

  it('does not compare across currencies or networks', () => {
    const differs = (a: Money, b: Money) => {
      expect(sameCurrency(a, b)).toBe(false);
      const result = compareMoney(a, b);
      return result.ok ? 'compared' : result.reason;
    };
    expect(differs(of('1', 'USD'), of('1', 'EUR'))).toBe('currency-differs');
    expect(differs(of('1', 'USDT', 'tron'), of('1', 'USDT', 'bsc'))).toBe('network-differs');
    expect(differs(of('1', 'USDT', 'tron'), of('1', 'USDT'))).toBe('network-differs');
  });
});

describe('formatMoney', () => {
  it('pads fiat and leaves assets as written', () => {
    expect(formatMoney(of('49.9', 'USD'))).toBe('49.90 USD');
    expect(formatMoney(of('1000', 'JPY'))).toBe('1000 JPY');
    expect(formatMoney(of('1.7965', 'TON'))).toBe('1.7965 TON');
    expect(formatMoney(of('50', 'USDT', 'tron'))).toBe('50 USDT (tron)');
  });
});
