import type { Store } from '../store/store.ts';
import { actionEvent } from '../webhooks/events.ts';
import type { LoadedOrder } from './loaded-order.ts';
import { needsProcessing } from './needs.ts';
import { addNote } from './order-notes.ts';
import { acceptsPaymentComplete } from './order-status.ts';
import { saveOrder, setStatus } from './save-order.ts';

const paymentNote = (title: string, transactionId: string): string => {
  if (title === '') return 'Payment complete.';
  return transactionId === '' ? `Payment via ${title}.` : `Payment via ${title} (${transactionId}).`;
};

/**
 * `$order->payment_complete($transactionId)` on this copy of the order: it trusts the status that the copy has,
 * so parallel copies all pay (woocommerce.md 2.1, 3.1). Does nothing from any other status.
 * @param filtered what a filter `woocommerce_payment_complete_order_status` makes of the status
 */
export const paymentComplete = async (
  store: Store,
  loaded: LoadedOrder,
  transactionId: string,
  filtered?: 'processing' | 'completed',
): Promise<void> => {
  const { data } = loaded;
  if (!acceptsPaymentComplete(data.status)) return;
  if (transactionId !== '') data.transactionId = transactionId;
  data.datePaid ??= store.now();
  setStatus(store, loaded, filtered ?? (needsProcessing(store, data) ? 'processing' : 'completed'));
  addNote(store, loaded.id, paymentNote(data.paymentMethodTitle, data.transactionId));
  await saveOrder(store, loaded, null);
  store.happenings.record({ kind: 'payment-complete', orderId: loaded.id, transactionId });
  actionEvent(store, 'woocommerce_payment_complete', loaded.id);
};
