import {
  addDecimal,
  compareDecimal,
  type Decimal,
  multiplyDecimal,
  parseDecimal,
  roundDecimal,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { divided, exact } from '../../kernel/exact.ts';

const decimal = z
  .string()
  .refine((text) => parseDecimal(text) !== undefined, 'not a decimal')
  .transform(exact);

/** One row of the operator's pricing list. Prices in TON. */
export const collectionSchema = z.strictObject({
  name: z.string().min(1),
  averageSalePrice: decimal,
  margin: decimal,
  sales24h: z.int().nonnegative(),
  totalSupply: z.int().positive(),
});
export type PricedCollection = z.output<typeof collectionSchema>;

export const DEFAULT_COLLECTIONS: z.input<typeof collectionSchema>[] = [
  { name: 'Easter Eggs', averageSalePrice: '1.9', margin: '0.95', sales24h: 12, totalSupply: 5_000 },
  { name: 'Lol Pops', averageSalePrice: '0.42', margin: '0.9', sales24h: 0, totalSupply: 300_000 },
  { name: 'Plush Pepes', averageSalePrice: '48.5', margin: '0.9', sales24h: 30, totalSupply: 2_500 },
];

const PRICE_DIGITS = 4;
const smaller = (a: Decimal, b: Decimal): Decimal => (compareDecimal(a, b) < 0 ? a : b);

/** averageSalePrice × margin × (0.85 + min((sales24h / totalSupply) × 10000, 100) / 100 × 0.45), to four decimals. */
export const buyPrice = (collection: PricedCollection): Decimal => {
  const { averageSalePrice, margin, sales24h, totalSupply } = collection;
  const sold = multiplyDecimal(exact(String(sales24h)), exact('10000'));
  const turnover = divided(sold, exact(String(totalSupply)), 18, 'half-even');
  const bonus = multiplyDecimal(smaller(turnover, exact('100')), exact('0.0045'));
  const multiplier = addDecimal(exact('0.85'), bonus);
  const price = multiplyDecimal(multiplyDecimal(averageSalePrice, margin), multiplier);
  return roundDecimal(price, PRICE_DIGITS, 'half-even');
};
