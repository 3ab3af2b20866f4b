import { expect, it } from 'vitest';
import { startShop } from './support/shop.ts';

it('a restored database gives the numbers of lost orders again, with other keys', async () => {
  const { woo } = await startShop();
  const kept = await woo.shopper.placeOrder({ method: 'bacs' });
  const restore = woo.backUp();
  const lost = await woo.shopper.placeOrder({ method: 'bacs' });
  await woo.merchant.setStatus(kept.id, 'processing');
  restore();
  expect(woo.orders(lost.id)).toBeUndefined();
  expect(woo.orders(kept.id)).toEqual(kept);
  const again = await woo.shopper.placeOrder({ method: 'bacs' });
  expect(again.id).toBe(lost.id);
  expect(again.orderKey).not.toBe(lost.orderKey);
});
