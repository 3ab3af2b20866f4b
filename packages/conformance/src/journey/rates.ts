import {
  type CurrencyCode,
  currencyCodeSchema,
  type Decimal,
  decimalSchema,
  type RateSource,
} from '@gatewright/payment-core';

/** Exchange rates that a story moves. */
export interface MovingRates extends RateSource {
  set(from: string, to: string, value: string): void;
  /** No rate is fresh any more. */
  forget(): void;
}

export const createMovingRates = (): MovingRates => {
  const values = new Map<string, Decimal>();
  const pair = (from: CurrencyCode, to: CurrencyCode): string => `${from}/${to}`;
  return {
    set: (from, to, value) =>
      void values.set(
        pair(currencyCodeSchema.parse(from), currencyCodeSchema.parse(to)),
        decimalSchema.parse(value),
      ),
    forget: () => values.clear(),
    rate: async (from, to, now) => {
      const value = values.get(pair(from, to));
      return value === undefined ? undefined : { from, to, value, source: 'conformance', at: now };
    },
  };
};
