import type { Decimal } from '@gatewright/payment-core';

/**
 * How Python writes `float(amount)`: 49.90 as 49.9, 50 as 50.0, 0.00001 as 1e-05. Exact for at most 15 significant
 * digits, which a double holds without loss, so no float is needed here.
 */
export const pythonFloat = (amount: Decimal): string => {
  const [whole = '', fraction = ''] = amount.split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const leading = /^0*/.exec(trimmed)?.[0].length ?? 0;
  if (whole !== '0' || trimmed === '' || leading < 4) return `${whole}.${trimmed === '' ? '0' : trimmed}`;
  const digits = trimmed.slice(leading);
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${mantissa}e-${String(leading + 1).padStart(2, '0')}`;
};
