import * as z from 'zod';
import { isZero } from '../money/decimal.ts';
import { currencyCodeSchema, decimalSchema } from '../money/schema.ts';
import type { FrozenRate, RateSource } from './rate-source.ts';
import { createRateTable, directRate } from './rate-table.ts';

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

/**
 * Rates that an owner fixed, fresh for as long as they stand. Direct, else the inverse; nothing is crossed through a
 * third currency. For a shop that prices in what it takes in, for sandboxes and for tests.
 * @param settings.table as `fixedTableSchema` reads it
 */
export const createFixedRates = (settings: { readonly table: FixedTable }): RateSource => {
  const table = createRateTable(settings.table.map((row) => ({ ...row, at: 0 })));
  return {
    rate: async (from, to, now): Promise<FrozenRate | undefined> => {
      const found = directRate(table, from, to);
      return found && { from, to, value: found.value, source: 'fixed', at: now };
    },
  };
};
