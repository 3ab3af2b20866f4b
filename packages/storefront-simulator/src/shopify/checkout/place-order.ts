import { isZero } from '@gatewright/payment-core';
import type { PaymentSession } from '../sessions/payment-session.ts';
import type { CheckoutState, Platform, ShopState } from '../store/platform.ts';
import { decimal, sameAmount } from './amount.ts';
import type { Order } from './order.ts';

const FIRST_NUMBER = 1_001;
const FIRST_ID = 5_000_000_001;

const newOrder = (shop: ShopState, checkout: CheckoutState, session: PaymentSession): Order => ({
  id: FIRST_ID + shop.orders.size,
  name: `#${FIRST_NUMBER + shop.orders.size}`,
  checkoutToken: checkout.token,
  amount: checkout.amount,
  currency: checkout.currency,
  shopCurrency: shop.currency,
  test: session.test,
  customerEmail: checkout.customer?.email,
  financialStatus: 'pending',
  cancelledAt: undefined,
  payments: [],
  refunded: '0',
  captured: '0',
});

/** A checkout has one order for all its sessions; a cancelled one is replaced. */
export const orderOf = (shop: ShopState, session: PaymentSession): Order => {
  const checkout = shop.checkouts.get(session.checkoutToken);
  if (checkout === undefined) throw new Error(`no checkout ${session.checkoutToken}`);
  const known = checkout.orderId === undefined ? undefined : shop.orders.get(checkout.orderId);
  const order =
    known === undefined || known.cancelledAt !== undefined ? newOrder(shop, checkout, session) : known;
  shop.orders.set(order.id, order);
  checkout.orderId = order.id;
  session.orderId = order.id;
  return order;
};

const refundStatus = (order: Order): 'paid' | 'partially_refunded' | 'refunded' => {
  if (isZero(decimal(order.refunded))) return 'paid';
  return sameAmount(order.refunded, order.captured) ? 'refunded' : 'partially_refunded';
};

/** Called after what was captured or refunded has changed. */
export const settleStatus = (order: Order): void => {
  order.financialStatus = isZero(decimal(order.captured)) ? 'authorized' : refundStatus(order);
};

export const recordPayment = (shop: ShopState, session: PaymentSession): void => {
  const order = orderOf(shop, session);
  order.payments.push(session.id);
  if (session.kind === 'sale') order.captured = order.amount;
  settleStatus(order);
};

/** The payment of a pending order failed or ran out; paid by another session it stays. */
export const cancelUnpaid = ({ clock }: Platform, shop: ShopState, session: PaymentSession): void => {
  const order = session.orderId === undefined ? undefined : shop.orders.get(session.orderId);
  if (order === undefined || order.payments.length > 0) return;
  const others = [...shop.payments.values()].some(
    ({ id, orderId, state }) => id !== session.id && orderId === order.id && state.code === 'pending',
  );
  if (others) return;
  order.financialStatus = 'voided';
  order.cancelledAt = clock.now();
};
