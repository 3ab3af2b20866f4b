import { equalDecimal, isZero, parseDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { loadOrder } from '../orders/loaded-order.ts';
import { applyMeta } from '../orders/meta-data.ts';
import type { Order } from '../orders/order.ts';
import { addNote } from '../orders/order-notes.ts';
import { isPaidStatus } from '../orders/order-status.ts';
import { paymentComplete } from '../orders/payment-complete.ts';
import { refundsOf } from '../orders/refund-row.ts';
import { type RestAnswer, restOk } from '../rest/rest-error.ts';
import type { Store } from '../store/store.ts';
import { isMeant, orderKeyHashField } from './order-key-hash.ts';
import { isOurs, type Plugin } from './plugin.ts';
import { type ProblemCode, problem } from './problem.ts';

/** Body of POST /orders/:id/settle (bridge-api.md). */
export const settleBody = z.object({
  claim: z.string().min(1).max(200),
  invoice: z.string().min(1).max(200),
  transaction_id: z.string().max(500),
  expected_total: z.string().refine((text) => parseDecimal(text) !== undefined, 'not-a-decimal'),
  expected_currency: z.string().regex(/^[A-Z]{3}$/),
  note: z.string().max(2_000).default(''),
  order_key_hash: orderKeyHashField,
  /** The owner's choice for a paid order; absent: WooCommerce's own. */
  order_status: z.enum(['processing', 'completed']).optional(),
});

export type SettleBody = z.output<typeof settleBody>;

const payableNow = ({ status }: Order): boolean =>
  status === 'pending' || status === 'failed' || status === 'on-hold';

/**
 * Why this order must not be settled by this claim. A cancelled order is never revived (architecture.md,
 * invariant 4): it answers `moved`, its status stands beside the code.
 */
const refusalOf = (store: Store, order: Order, body: SettleBody): ProblemCode | undefined => {
  const total = parseDecimal(body.expected_total);
  if (order.status === 'refunded') return 'refunded';
  if (refundsOf(store, order.id).some(({ amount }) => !isZero(amount))) return 'refunded';
  if (isPaidStatus(order.status)) return 'paid_otherwise';
  if (!isOurs(order)) return 'not_ours';
  if (!payableNow(order)) return 'moved';
  if (order.currency !== body.expected_currency) return 'currency_changed';
  if (total === undefined || !equalDecimal(order.total, total)) return 'total_changed';
  return undefined;
};

const outcome = (store: Store, orderId: number, word: 'settled' | 'already'): RestAnswer =>
  restOk({ outcome: word, order_status: store.orders.get(orderId)?.status ?? null });

const pay = async (store: Store, plugin: Plugin, orderId: number, body: SettleBody): Promise<void> => {
  const loaded = loadOrder(store, orderId);
  if (loaded === undefined) return;
  loaded.data.metaData = applyMeta(loaded.data.metaData, [
    { key: '_gatewright_invoice', value: body.invoice },
    { key: '_gatewright_transaction', value: body.transaction_id },
  ]);
  plugin.payments.set(orderId, { invoice: body.invoice, ownStatus: 'processing' });
  await paymentComplete(store, loaded, body.transaction_id, body.order_status);
  plugin.payments.set(orderId, { invoice: body.invoice, ownStatus: loaded.data.status });
  if (body.note !== '') addNote(store, orderId, body.note);
};

/**
 * Settles an order exactly once: under its lock, on the row as it is now, with a claim row that stays. The same
 * claim again answers `already` whatever has become of the order since (bridge-api.md; woocommerce.md 3.2).
 */
export const settle = (
  store: Store,
  plugin: Plugin,
  orderId: number,
  body: SettleBody,
): Promise<RestAnswer> =>
  plugin.locked(orderId, async () => {
    await store.awaitPoints.query();
    const order = store.orders.get(orderId);
    if (order === undefined || !isMeant(order, body.order_key_hash)) return problem('order_missing');
    const order_status = order.status;
    const held = plugin.claims.get(orderId);
    if (held !== undefined) {
      return held.claim === body.claim
        ? outcome(store, orderId, 'already')
        : problem('paid_otherwise', { order_status });
    }
    const refusal = refusalOf(store, order, body);
    if (refusal !== undefined) return problem(refusal, { order_status });
    await pay(store, plugin, orderId, body);
    plugin.claims.set(orderId, {
      claim: body.claim,
      invoice: body.invoice,
      transactionId: body.transaction_id,
      at: store.clock.now(),
    });
    return outcome(store, orderId, 'settled');
  });
