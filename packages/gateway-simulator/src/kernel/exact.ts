import { type Decimal, divideDecimal, parseDecimal } from '@gatewright/payment-core';

/** A decimal written in the source. @throws TypeError when it is none. */
export const exact = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === undefined) throw new TypeError(`not a decimal: ${text}`);
  return value;
};

/** Division by something that is not zero. @throws RangeError when it is. */
export const divided = (
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: 'up' | 'half-even' | 'down',
): Decimal => {
  const quotient = divideDecimal(a, b, scale, rounding);
  if (quotient === undefined) throw new RangeError('division by zero');
  return quotient;
};
