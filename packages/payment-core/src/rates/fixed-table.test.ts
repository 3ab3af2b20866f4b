import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCurrency } from '../money/currency.ts';
import { compareDecimal, multiplyDecimal, parseDecimal } from '../money/decimal.ts';
import { createFixedRates, fixedTableSchema } from './fixed-table.ts';

const code = (text: string) => parseCurrency(text)!;
const table = (...rows: (readonly [from: string, to: string, value: string])[]) =>
  fixedTableSchema.parse(rows.map(([from, to, value]) => ({ from, to, value })));
const rates = createFixedRates({ table: table(['TON', 'USD', '3.20'], ['EUR', 'USD', '1.08']) });
const now = Date.UTC(2026, 5, 1, 12);

describe('createFixedRates', () => {
  it('answers with the rate as the owner wrote it, always fresh', async () => {
    expect(await rates.rate(code('TON'), code('USD'), now)).toEqual({
      from: 'TON',
      to: 'USD',
      value: '3.20',
      source: 'fixed',
      at: now,
    });
    expect((await rates.rate(code('TON'), code('USD'), now + 10 ** 10))?.at).toBe(now + 10 ** 10);
  });

  it('turns a pair round, rounded down', async () => {
    expect((await rates.rate(code('USD'), code('EUR'), now))?.value).toBe('0.9259259259259259259');
    expect((await rates.rate(code('USD'), code('TON'), now))?.value).toBe('0.3125');
  });

  it('crosses nothing and invents nothing', async () => {
    expect(await rates.rate(code('TON'), code('EUR'), now)).toBeUndefined();
    expect(await rates.rate(code('USD'), code('GBP'), now)).toBeUndefined();
  });

  it('keeps 18 significant digits of an inverse, whatever its size, and never rounds it up', async () => {
    const one = parseDecimal('1')!;
    const value = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
      .map(([units, scale]) => {
        const text = units.toString().padStart(scale + 1, '0');
        return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      });
    await fc.assert(
      fc.asyncProperty(value, async (written) => {
        const source = createFixedRates({ table: table(['IRR', 'BTC', written]) });
        const inverse = (await source.rate(code('BTC'), code('IRR'), now))!.value;
        const product = multiplyDecimal(inverse, parseDecimal(written)!);
        expect(compareDecimal(product, one)).toBeLessThanOrEqual(0);
        expect(compareDecimal(product, parseDecimal('0.99999999999999999')!)).toBe(1);
      }),
      { seed: 7 },
    );
  });

  it.each([
    ['rate-zero', [['TON', 'USD', '0.00']]],
    [
      'rate-repeated',
      [
        ['TON', 'USD', '3'],
        ['TON', 'USD', '4'],
      ],
    ],
    [
      'rate-repeated',
      [
        ['TON', 'USD', '3'],
        ['USD', 'TON', '0.3'],
      ],
    ],
    ['rate-of-a-currency-in-itself', [['USD', 'USD', '1']]],
    ['not-a-decimal', [['TON', 'USD', '-3']]],
    ['not-a-currency', [['ton', 'USD', '3']]],
  ])('refuses a table with %s', (reason, rows) => {
    const parsed = fixedTableSchema.safeParse(rows.map(([from, to, value]) => ({ from, to, value })));
    expect(parsed.error?.issues.map((issue) => issue.message)).toContain(reason);
  });
});
