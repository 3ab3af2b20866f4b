import {
  addDecimal,
  type Decimal,
  divideDecimal,
  parseDecimal,
  roundDecimal,
  withScale,
} from '@gatewright/payment-core';

/**
 * A decimal the double itself wrote down or has already checked.
 * @throws TypeError for other text: a bug.
 */
export const decimal = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === undefined) throw new TypeError('decimal: the text is not a plain decimal');
  return value;
};

export const ZERO = decimal('0');

/** Rounds half up, as WooCommerce does, and writes exactly `scale` fraction digits. */
export const atScale = (amount: Decimal, scale: number): Decimal => {
  const half = decimal(scale === 0 ? '0.5' : `0.${'0'.repeat(scale)}5`);
  const rounded = roundDecimal(addDecimal(amount, half), scale, 'down');
  return withScale(rounded, scale) ?? rounded;
};

export const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce(addDecimal, ZERO);

/** Price of one piece: exact where it divides, else with 13 decimals like PHP's float. */
export const unitPrice = (total: Decimal, quantity: number): Decimal =>
  divideDecimal(total, decimal(String(quantity)), 13, 'half-even') ?? ZERO;
