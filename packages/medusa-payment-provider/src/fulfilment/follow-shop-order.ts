import type { OrderKey, StorefrontOrder, StorefrontRefund } from '@gatewright/payment-core';
import { isCanceled, type Purchase } from './purchase.ts';
import { readPurchase } from './read-purchase.ts';
import type { ShopQuery } from './shop.ts';

const stateOf = ({ cart, collection, order }: Purchase): StorefrontOrder['state'] => {
  if (order && isCanceled(order)) return 'ended';
  if (collection.payments.some(({ captured, canceled }) => captured && !canceled)) return 'paid';
  // A completed cart whose order is gone can be paid by nobody.
  return cart?.completed && order === null ? 'missing' : 'open';
};

const refundsOf = (
  { collection }: Purchase,
  isOurs: (provider: string) => boolean,
): readonly StorefrontRefund[] =>
  collection.payments
    .filter(({ provider }) => isOurs(provider))
    .flatMap(({ refunds }) => refunds)
    .flatMap(({ id, amount, note }) => (amount ? [{ id, amount, reason: note }] : []));

/** An order as Medusa has it now, in the core's words. */
export const shopOrder = async (
  query: ShopQuery,
  orderKey: OrderKey,
  isOurs: (provider: string) => boolean,
): Promise<StorefrontOrder> => {
  const purchase = await readPurchase(query, orderKey);
  if (!purchase) return { state: 'missing', refunds: [] };
  return { state: stateOf(purchase), refunds: refundsOf(purchase, isOurs) };
};
