import * as z from 'zod';
import type { CurrencyCode } from '../money/currency.ts';
import { currencyCodeSchema, decimalSchema } from '../money/schema.ts';

/** One unit of `from` is worth `value` units of `to`. `at` is when the source says it held (ms). */
export const frozenRateSchema = z.object({
  from: currencyCodeSchema,
  to: currencyCodeSchema,
  value: decimalSchema,
  source: z.string(),
  at: z.number().int(),
});
export type FrozenRate = z.infer<typeof frozenRateSchema>;

/**
 * Where exchange rates come from. A source answers only with a rate that is fresh by its own rule at `now`;
 * `undefined` means: do not offer what needs it (architecture.md, Defaults).
 */
export interface RateSource {
  rate(from: CurrencyCode, to: CurrencyCode, now: number): Promise<FrozenRate | undefined>;
}
