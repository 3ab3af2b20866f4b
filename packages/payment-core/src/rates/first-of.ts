import { defaultFreshness, isFresh, type RateFreshness } from './freshness.ts';
import type { RateSource } from './rate-source.ts';

/**
 * The first of several sources that has a fresh rate, in the order of the list; a later one is asked only when those
 * before it have none. Freshness is looked at again, for sources that are not ours.
 */
export const createFirstOf = (settings: {
  readonly sources: readonly RateSource[];
  readonly freshness?: RateFreshness;
}): RateSource => ({
  rate: async (from, to, now) => {
    for (const source of settings.sources) {
      const found = await source.rate(from, to, now);
      if (found && isFresh(found, now, settings.freshness ?? defaultFreshness)) return found;
    }
    return undefined;
  },
});
