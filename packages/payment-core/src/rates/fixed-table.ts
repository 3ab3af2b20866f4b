import * as z from 'zod';
import type { CurrencyCode } from '../money/currency.ts';
import { type Decimal, divideDecimal, isZero, parseDecimal } from '../money/decimal.ts';
import { currencyCodeSchema, decimalSchema } from '../money/schema.ts';
import type { FrozenRate, RateSource } from './rate-source.ts';

const pair = (from: CurrencyCode, to: CurrencyCode): string => `${from}/${to}`;

/** An owner's own rates: one unit of `from` is worth `value` units of `to`. A pair stands there once, in one direction. */
export const fixedTableSchema = z
  .array(
    z.object({
      from: currencyCodeSchema,
      to: currencyCodeSchema,
      value: decimalSchema.refine((value) => !isZero(value), 'rate-zero'),
    }),
  )
  .refine((rows) => rows.every((row) => row.from !== row.to), 'rate-of-a-currency-in-itself')
  .refine(
    (rows) => new Set(rows.map(({ from, to }) => [from, to].sort().join('/'))).size === rows.length,
    'rate-repeated',
  );
export type FixedTable = z.infer<typeof fixedTableSchema>;

const SIGNIFICANT_DIGITS = 18;

/** 1 / value, rounded down to at least 18 significant digits, so that an inverse never flatters what came in. */
const inverse = (value: Decimal): Decimal | undefined => {
  const one = parseDecimal('1');
  const wholeDigits = value.split('.', 1).join('').length;
  return one && divideDecimal(one, value, SIGNIFICANT_DIGITS + wholeDigits, 'down');
};

/**
 * Rates that an owner fixed, fresh for as long as they stand. Direct, else the inverse; nothing is crossed through a
 * third currency. For a shop that prices in what it takes in, for sandboxes and for tests.
 * @param settings.table as `fixedTableSchema` reads it
 */
export const createFixedRates = (settings: { readonly table: FixedTable }): RateSource => {
  const values = new Map<string, Decimal>();
  for (const { from, to, value } of settings.table) {
    values.set(pair(from, to), value);
    const other = inverse(value);
    if (other !== undefined) values.set(pair(to, from), other);
  }
  return {
    rate: async (from, to, now): Promise<FrozenRate | undefined> => {
      const value = values.get(pair(from, to));
      return value === undefined ? undefined : { from, to, value, source: 'fixed', at: now };
    },
  };
};
