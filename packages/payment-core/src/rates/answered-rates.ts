import type { Clock } from '../identity/clock.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { defaultFreshness, isFresh, maxRateAge, type RateFreshness } from './freshness.ts';
import { type Answered, type Asked, createLatestAnswer } from './latest-answer.ts';
import type { FrozenRate, RateSource } from './rate-source.ts';
import { createRateTable, type RateRow, type RateTable, type TableRate } from './rate-table.ts';

/** What every source behind a call takes besides its own settings. */
export interface AnsweredRatesSettings {
  /** Tells when an answer arrived. */
  readonly clock: Clock;
  readonly freshness?: RateFreshness;
  /** Told why a call brought no rates, kebab-case, without URLs and secrets. */
  readonly onFault?: (reason: string) => void;
}

/** An answer without a single readable rate is a fault, so that the owner hears of it. */
export const ratesOrNone = (rows: readonly RateRow[]): Asked<RateTable> =>
  rows.length > 0
    ? { ok: true, value: createRateTable(rows) }
    : { ok: false, reason: 'answer-without-rates' };

/**
 * Rates out of a table that is kept for as long as the asked pair is fresh in it. A pair that the table does not have
 * is looked for again only when a table of that age would be too old for it. Never throws.
 * @param settings.look finds a pair in the table, directly or derived
 */
export const createAnsweredRates = (
  settings: AnsweredRatesSettings & {
    readonly source: string;
    readonly ask: () => Promise<Asked<RateTable>>;
    readonly look: (table: RateTable, from: CurrencyCode, to: CurrencyCode) => TableRate | undefined;
  },
): RateSource => {
  const { source, look, freshness = defaultFreshness } = settings;
  const latest = createLatestAnswer(settings);
  return {
    rate: async (from, to, now): Promise<FrozenRate | undefined> => {
      const find = ({ value: table }: Answered<RateTable>): FrozenRate | undefined => {
        const found = look(table, from, to);
        return found && { from, to, value: found.value, source, at: found.at };
      };
      const answer = await latest((kept) => {
        const found = find(kept);
        return found ? isFresh(found, now, freshness) : now - kept.at <= maxRateAge(from, to, freshness);
      });
      const found = answer && find(answer);
      return found && isFresh(found, now, freshness) ? found : undefined;
    },
  };
};
