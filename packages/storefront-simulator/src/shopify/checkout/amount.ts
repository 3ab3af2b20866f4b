import {
  compareDecimal,
  type Decimal,
  decimalsOf,
  isZero,
  parseCurrency,
  parseDecimal,
  withScale,
} from '@gatewright/payment-core';

/**
 * An amount as Shopify writes it: decimal text with all decimals of its currency ("100" JPY, "1.250" BHD, rule 20).
 * Undefined: no positive decimal, finer than the currency, or a currency that is none.
 */
export const wireAmount = (text: string, currency: string): Decimal | undefined => {
  const code = parseCurrency(currency);
  const amount = parseDecimal(text);
  const decimals = code === undefined ? undefined : decimalsOf(code);
  if (amount === undefined || decimals === undefined || isZero(amount)) return undefined;
  return withScale(amount, decimals);
};

/** A wire amount that Shopify itself wrote. @throws when it is not one: a bug here. */
export const decimal = (text: string): Decimal => {
  const parsed = parseDecimal(text);
  if (parsed === undefined) throw new Error(`not a decimal: ${text}`);
  return parsed;
};

export const sameAmount = (a: string, b: string): boolean => compareDecimal(decimal(a), decimal(b)) === 0;
