import { type Decimal, isZero, subtractDecimal } from '@gatewright/payment-core';
import type { Store } from '../store/store.ts';
import { addNote } from './order-notes.ts';
import { sumOf, ZERO } from './price.ts';
import type { Refund } from './refund.ts';

export const refundsOf = (store: Store, orderId: number): Refund[] =>
  [...store.refunds.values()].filter((refund) => refund.orderId === orderId);

/** What can still be refunded; zero for an unknown order. */
export const remainingRefund = (store: Store, orderId: number): Decimal => {
  const total = store.orders.get(orderId)?.total ?? ZERO;
  return subtractDecimal(total, sumOf(refundsOf(store, orderId).map(({ amount }) => amount))) ?? ZERO;
};

export const insertRefund = (store: Store, orderId: number, amount: Decimal, reason: string): Refund => {
  const left = subtractDecimal(remainingRefund(store, orderId), amount) ?? ZERO;
  const refund: Refund = {
    id: store.nextId('post'),
    orderId,
    amount,
    reason,
    date: store.now(),
    refundedPayment: false,
    metaData: [
      { id: store.nextId('orderMeta'), key: '_refund_type', value: isZero(left) ? 'full' : 'partial' },
    ],
  };
  store.refunds.set(refund.id, refund);
  return refund;
};

/** An order set to refunded by hand gets a refund row over the rest; no money moves [trap-set_paid-from-refunded]. */
export const refundRemainder = (store: Store, orderId: number): void => {
  const rest = remainingRefund(store, orderId);
  if (isZero(rest)) return;
  insertRefund(store, orderId, rest, 'Order fully refunded.');
  addNote(
    store,
    orderId,
    'Order status set to refunded. To return funds to the customer you will need to issue a refund through your payment gateway.',
  );
};
