import { expect, test } from 'vitest';
import { readRestOrder } from './rest-order.ts';
import { thankYouUrl } from './shop-page.ts';

const shop = 'https://shop.example/de';
const orderWith = (payment_url: string) => {
  const read = readRestOrder(200, {
    id: '7',
    status: 'pending',
    currency: 'EUR',
    total: '5.00',
    payment_url,
  });
  if (read.kind !== 'order') throw new Error(read.kind);
  return read.order;
};

test.each([
  [
    'https://shop.example/de/checkout/order-pay/7/?pay_for_order=true&key=wc_order_x',
    'https://shop.example/de/checkout/order-received/7/?key=wc_order_x',
  ],
  ['https://shop.example/kasse/bezahlen/7/?pay_for_order=true&key=wc_order_x', shop],
  ['https://elsewhere.example/checkout/order-pay/7/?key=x', shop],
  ['http://shop.example/checkout/order-pay/7/?key=x', shop],
  ['https://u:p@shop.example/checkout/order-pay/7/', shop],
  ['javascript:alert(1)//order-pay/', shop],
  ['', shop],
])('%s leads back to %s', (from, to) => {
  expect(thankYouUrl(orderWith(from), shop)).toBe(to);
});
