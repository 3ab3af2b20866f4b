import type { Store } from '../store/store.ts';
import { sendStatusEmails } from './emails.ts';
import { type LoadedOrder, writeRow } from './loaded-order.ts';
import { needsProcessing } from './needs.ts';
import { addNote } from './order-notes.ts';
import { type OrderStatus, statusName } from './order-status.ts';
import { refundRemainder } from './refund-row.ts';
import { applyStockEffect } from './stock.ts';

/** Sets a status on the copy; the paid and completed dates follow it (woocommerce.md 2.2). Not saved yet. */
export const setStatus = (store: Store, { data }: LoadedOrder, status: OrderStatus): void => {
  if (data.status === status) return;
  data.status = status;
  const paid = status === 'completed' || (status === 'processing' && needsProcessing(store, data));
  if (paid) data.datePaid ??= store.now();
  if (status === 'completed') data.dateCompleted = store.now();
};

const runStatusEffects = async (
  store: Store,
  orderId: number,
  from: OrderStatus,
  to: OrderStatus,
  note: string | null,
): Promise<void> => {
  await applyStockEffect(store, orderId, to);
  if (to === 'refunded') refundRemainder(store, orderId);
  if (note !== null) {
    const change = `Order status changed from ${statusName(from)} to ${statusName(to)}.`;
    addNote(store, orderId, `${note} ${change}`.trim());
  }
  await sendStatusEmails(store, orderId, from, to);
  const row = store.orders.get(orderId);
  if (row === undefined) return;
  for (const listener of store.statusListeners) await listener(structuredClone(row), from, to);
};

/**
 * Saves the copy and runs what a status change sets off: stock, note, e-mails, listeners.
 * @param note put before "Order status changed …"; null leaves no note about the change
 */
export const saveOrder = async (
  store: Store,
  loaded: LoadedOrder,
  note: string | null = '',
): Promise<void> => {
  const from = loaded.read.status;
  const to = loaded.data.status;
  if (writeRow(store, loaded) === undefined || to === from) return;
  await runStatusEffects(store, loaded.id, from, to, note);
};
