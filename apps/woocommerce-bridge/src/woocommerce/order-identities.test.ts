import { orderKeySchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { wireVectors } from '../wire/wire-vectors.fixture.ts';
import { orderKeyHash, shopOrderId } from './order-identities.ts';

test.each(wireVectors.order_keys)(
  'the hash of the order key "$order_key"',
  ({ order_key, order_key_hash }) => {
    expect(orderKeyHash(order_key)).toBe(order_key_hash);
  },
);

test.each([
  ['42', '42'],
  ['42.2', '42'],
  ['18446744073709551615.13', '18446744073709551615'],
])('%s stands for order %s of the shop', (orderKey, id) => {
  expect(shopOrderId(orderKeySchema.parse(orderKey))).toBe(id);
});
