import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCurrency } from '../money/currency.ts';
import { compareDecimal, multiplyDecimal, parseDecimal, subtractDecimal } from '../money/decimal.ts';
import { createRateTable, crossRate, directRate, isPlausibleRate } from './rate-table.ts';

const code = (text: string) => parseCurrency(text)!;
type Row = readonly [from: string, to: string, value: string, at?: number];
const table = (...rows: readonly Row[]) =>
  createRateTable(
    rows.map(([from, to, value, at = 0]) => ({
      from: code(from),
      to: code(to),
      value: parseDecimal(value)!,
      at,
    })),
  );
const direct = (rates: ReturnType<typeof table>, from: string, to: string) =>
  directRate(rates, code(from), code(to));
const cross = (rates: ReturnType<typeof table>, from: string, to: string) =>
  crossRate(rates, code(from), code(to));

describe('directRate', () => {
  it('prefers the row as written to the other one turned round', () => {
    const both = table(['TON', 'USD', '3.20'], ['USD', 'TON', '0.3']);
    expect(direct(both, 'TON', 'USD')?.value).toBe('3.20');
    expect(direct(both, 'USD', 'TON')?.value).toBe('0.3');
  });

  it('turns a row round and keeps its time', () => {
    expect(direct(table(['TON', 'USD', '3.2', 7]), 'USD', 'TON')).toEqual({ value: '0.3125', at: 7 });
  });

  it('has nothing for a pair that the source contradicts itself about, in any order', () => {
    const rows: readonly Row[] = [
      ['TON', 'USD', '3.2', 1],
      ['TON', 'USD', '3.3', 2],
      ['TON', 'USD', '3.2', 3],
    ];
    expect(direct(table(...rows), 'TON', 'USD')).toBeUndefined();
    expect(direct(table(...[...rows].reverse()), 'TON', 'USD')).toBeUndefined();
  });

  it('takes the newer time of a row that only repeats itself', () => {
    expect(direct(table(['TON', 'USD', '3.2', 1], ['TON', 'USD', '3.20', 2]), 'TON', 'USD')?.at).toBe(2);
  });
});

describe('crossRate', () => {
  const usdtInFiats = table(['USDT', 'USD', '1.001', 5], ['USDT', 'EUR', '0.91', 3]);

  it('crosses two fiats through USDT, whose own price drops out, as old as the older leg', () => {
    expect(cross(usdtInFiats, 'EUR', 'USD')).toEqual({ value: '1.1', at: 3 });
    const depegged = table(['USDT', 'USD', '0.5005'], ['USDT', 'EUR', '0.455']);
    expect(cross(depegged, 'EUR', 'USD')?.value).toBe('1.1');
  });

  it('crosses two assets through USD', () => {
    const assets = table(['TON', 'USD', '3.2'], ['USDT', 'USD', '1.6']);
    expect(cross(assets, 'TON', 'USDT')?.value).toBe('2');
  });

  it('crosses nothing else: no asset with a fiat, no leg turned round, no code that nobody knows', () => {
    const legs = table(
      ['TON', 'USD', '3.2'],
      ['USD', 'EUR', '0.9'],
      ['USDT', 'EUR', '0.9'],
      ['XYZ', 'USD', '1'],
    );
    expect(cross(legs, 'TON', 'EUR')).toBeUndefined();
    expect(cross(legs, 'EUR', 'USD')).toBeUndefined();
    expect(cross(legs, 'XYZ', 'TON')).toBeUndefined();
  });

  it('is rounded down, and exact to 17 digits, whatever the two rates are', () => {
    const value = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 20n - 1n }), fc.integer({ min: 0, max: 30 }))
      .map(([units, scale]) => {
        const text = units.toString().padStart(scale + 1, '0');
        return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      });
    fc.assert(
      fc.property(value, value, (above, below) => {
        const crossed = cross(table(['USDT', 'USD', above], ['USDT', 'EUR', below]), 'EUR', 'USD')!;
        const product = multiplyDecimal(crossed.value, parseDecimal(below)!);
        const missing = subtractDecimal(parseDecimal(above)!, product)!;
        const allowed = multiplyDecimal(parseDecimal(above)!, parseDecimal('0.00000000000000001')!);
        expect(compareDecimal(missing, allowed)).toBeLessThanOrEqual(0);
        expect(parseDecimal(crossed.value)).toBe(crossed.value);
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});

describe('isPlausibleRate', () => {
  it.each(['0.000000000000000000000000000001', '99999999999999999999', '1'])('%s may be a rate', (text) => {
    expect(isPlausibleRate(parseDecimal(text)!)).toBe(true);
  });

  it.each(['0', '0.000', '100000000000000000000', `0.${'0'.repeat(30)}1`])('%s is none', (text) => {
    expect(isPlausibleRate(parseDecimal(text)!)).toBe(false);
  });
});
