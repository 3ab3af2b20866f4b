import { expect, it } from 'vitest';
import { buyPrice, collectionSchema } from './pricing.ts';

const price = (averageSalePrice: string, margin: string, sales24h: number, totalSupply: number): string =>
  buyPrice(collectionSchema.parse({ name: 'x', averageSalePrice, margin, sales24h, totalSupply }));

it('multiplies by 0.85 where nothing is sold and by 1.30 where much is', () => {
  expect(price('10', '1', 0, 1_000)).toBe('8.5');
  expect(price('10', '1', 10, 1_000)).toBe('13');
  expect(price('10', '1', 1_000, 1_000)).toBe('13');
});

it('rises in between by the share of the supply that is sold in a day', () => {
  // (5 / 1000) × 10000 = 50, so half of 0.45 on top of 0.85.
  expect(price('10', '1', 5, 1_000)).toBe('10.75');
  expect(price('1.9', '0.95', 12, 5_000)).toBe('1.7292');
});

it('is exact where the division never ends', () => {
  // (1 / 3000) × 10000 = 3.333…
  expect(price('100000', '1', 1, 3_000)).toBe('86500');
});
