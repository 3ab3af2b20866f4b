import type { Answer } from '../gateways/json-answer.ts';
import { parseCurrency } from '../money/currency.ts';
import type { Decimal } from '../money/decimal.ts';
import { type AnsweredRatesSettings, createAnsweredRates, ratesOrNone } from './answered-rates.ts';
import type { RateSource } from './rate-source.ts';
import { crossRate, directRate, isPlausibleRate, type RateRow } from './rate-table.ts';

/** A row of `getExchangeRates`: one `source` is worth `rate` of `target` (gateways.md 5.2). */
export interface ExchangeRateRow {
  readonly is_valid: boolean;
  readonly source: string;
  readonly target: string;
  readonly rate: Decimal;
}

/** Codes stay as Crypto Pay writes them: TON and GRAM are two assets there (NFT-10). */
const readRow = (row: ExchangeRateRow, at: number): readonly RateRow[] => {
  const [from, to] = [parseCurrency(row.source), parseCurrency(row.target)];
  if (!row.is_valid || from === undefined || to === undefined || from === to) return [];
  return isPlausibleRate(row.rate) ? [{ from, to, value: row.rate, at }] : [];
};

/**
 * Rates of a Crypto Pay account. The rows carry no time, so they hold from the moment the answer arrived. Direct, else
 * the inverse, else crossed as `crossRate` says.
 * @param settings.read `getExchangeRates` of the account's client
 */
export const createCryptoPayRates = (
  settings: AnsweredRatesSettings & {
    readonly read: () => Promise<Answer<readonly ExchangeRateRow[]>>;
  },
): RateSource =>
  createAnsweredRates({
    ...settings,
    source: 'crypto-pay',
    ask: async () => {
      const answer = await settings.read();
      if (answer.outcome !== 'ok') return { ok: false, reason: answer.reason };
      const at = settings.clock.now();
      return ratesOrNone(answer.value.flatMap((row) => readRow(row, at)));
    },
    look: (table, from, to) => directRate(table, from, to) ?? crossRate(table, from, to),
  });
