import { compareDecimal, type Decimal, isZero } from '@gatewright/payment-core';
import type { Store } from '../store/store.ts';
import { orderEvent } from '../webhooks/events.ts';
import { loadOrder } from './loaded-order.ts';
import { addNote } from './order-notes.ts';
import type { Refund } from './refund.ts';
import { insertRefund, remainingRefund } from './refund-row.ts';
import { saveOrder, setStatus } from './save-order.ts';
import { moveStock, reducedOf, withReduced } from './stock.ts';

export interface RefundRequest {
  readonly amount: Decimal;
  readonly reason: string;
  /** Ask the gateway to pay back; WooCommerce's default over REST is true (woocommerce.md 5.7). */
  readonly apiRefund: boolean;
  /** Pieces per line item id to put back. */
  readonly restock: ReadonlyMap<number, number>;
}

export type RefundResult =
  | { readonly ok: true; readonly refund: Refund }
  | { readonly ok: false; readonly message: string };

const FALSE_ANSWER = 'An error occurred while attempting to create the refund using the payment gateway API.';

const refundPayment = async (store: Store, refund: Refund): Promise<string | undefined> => {
  const order = store.orders.get(refund.orderId);
  const gateway = order === undefined ? undefined : store.gateways.get(order.paymentMethod);
  if (order === undefined || gateway === undefined)
    return 'The payment gateway for this order does not exist.';
  if (gateway.processRefund === undefined) {
    return 'The payment gateway for this order does not support automatic refunds.';
  }
  const answer = await gateway.processRefund(structuredClone(order), refund);
  if (answer.ok) return undefined;
  return answer.message === '' ? FALSE_ANSWER : answer.message;
};

const restock = (store: Store, orderId: number, pieces: ReadonlyMap<number, number>): void => {
  const row = store.orders.get(orderId);
  if (row === undefined) return;
  row.lineItems = row.lineItems.map((line) => {
    const back = Math.min(pieces.get(line.id) ?? 0, reducedOf(line));
    const change = back > 0 ? moveStock(store, orderId, line.productId, back) : undefined;
    if (change === undefined) return line;
    addNote(store, orderId, `Item #${line.productId} stock increased from ${change.from} to ${change.to}.`);
    return withReduced(store, line, reducedOf(line) - back);
  });
};

/**
 * `wc_create_refund`: the row is there before the gateway is asked, and is removed again when the gateway does not
 * refund. The amount check and the row are one step, so parallel refunds cannot exceed the total (3.1).
 */
export const createRefund = async (
  store: Store,
  orderId: number,
  request: RefundRequest,
): Promise<RefundResult> => {
  if (compareDecimal(request.amount, remainingRefund(store, orderId)) > 0) {
    return { ok: false, message: 'Invalid refund amount.' };
  }
  const refund = insertRefund(store, orderId, request.amount, request.reason);
  if (request.apiRefund) {
    const refusal = await refundPayment(store, refund);
    if (refusal !== undefined) {
      store.refunds.delete(refund.id);
      return { ok: false, message: refusal };
    }
    refund.refundedPayment = true;
  }
  restock(store, orderId, request.restock);
  const loaded = loadOrder(store, orderId);
  if (loaded !== undefined) {
    if (isZero(remainingRefund(store, orderId))) setStatus(store, loaded, 'refunded');
    await saveOrder(store, loaded);
    orderEvent(store, 'updated', orderId);
  }
  return { ok: true, refund };
};
