import { type Decimal, multiplyDecimal, parseDecimal } from './decimal.ts';

/** @param percent decimal string; 100 is the whole. What is no decimal takes the whole. */
export const percentOf = (amount: Decimal, percent: string): Decimal => {
  const share = parseDecimal(percent);
  const hundredth = parseDecimal('0.01');
  return share && hundredth ? multiplyDecimal(multiplyDecimal(amount, share), hundredth) : amount;
};
