import { hours, minutes, seconds } from '../identity/clock.ts';
import { type CurrencyCode, currencyKind } from '../money/currency.ts';
import type { FrozenRate } from './rate-source.ts';

/** How old a rate may be, ms (architecture.md, Defaults). `assets`: at least one side is not fiat. */
export interface RateFreshness {
  readonly assetsMs: number;
  readonly fiatMs: number;
}

export const defaultFreshness: RateFreshness = { assetsMs: minutes(5), fiatMs: hours(24) };

/** A source whose clock runs ahead of ours by more than this is not believed. */
const clockSkewMs = seconds(60);

/** The limit for one pair, ms; a currency we do not know is taken for an asset, the stricter of the two. */
export const maxRateAge = (
  from: CurrencyCode,
  to: CurrencyCode,
  freshness: RateFreshness = defaultFreshness,
): number =>
  currencyKind(from) === 'fiat' && currencyKind(to) === 'fiat' ? freshness.fiatMs : freshness.assetsMs;

/** Whether a rate still counts at `now` (ms). */
export const isFresh = (
  rate: FrozenRate,
  now: number,
  freshness: RateFreshness = defaultFreshness,
): boolean => rate.at <= now + clockSkewMs && now - rate.at <= maxRateAge(rate.from, rate.to, freshness);
