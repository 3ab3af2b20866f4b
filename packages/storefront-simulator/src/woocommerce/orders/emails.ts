import type { Store } from '../store/store.ts';
import { addNote, type OrderNote } from './order-notes.ts';
import { awaitsPayment, type OrderStatus } from './order-status.ts';

/** Titles as they stand in WooCommerce's own order notes [order-notes-list]. */
export type EmailTitle =
  | 'New order'
  | 'Processing order'
  | 'Order on-hold'
  | 'Completed order'
  | 'Cancelled order'
  | 'Failed order'
  | 'Refunded order'
  | 'Customer note';

/** Counts an e-mail and leaves the note that WooCommerce leaves; nothing is sent. */
const sendEmail = (store: Store, orderId: number, email: EmailTitle): void => {
  store.happenings.record({ kind: 'email', orderId, email });
  addNote(store, orderId, `Email "${email}" sent.`);
};

/** A note that the customer sees and gets by e-mail (woocommerce.md 5.6). */
export const addCustomerNote = (store: Store, orderId: number, text: string): OrderNote => {
  const note = addNote(store, orderId, text, true);
  sendEmail(store, orderId, 'Customer note');
  return note;
};

const isOpen = (status: OrderStatus): boolean => awaitsPayment(status) || status === 'cancelled';

const customerEmail = (from: OrderStatus, to: OrderStatus): EmailTitle | undefined => {
  if (to === 'processing' && (isOpen(from) || from === 'on-hold')) return 'Processing order';
  if (to === 'on-hold' && isOpen(from)) return 'Order on-hold';
  if (to === 'completed') return 'Completed order';
  if (to === 'refunded') return 'Refunded order';
  return undefined;
};

const merchantEmail = (from: OrderStatus, to: OrderStatus): EmailTitle | undefined => {
  if (isOpen(from) && (to === 'processing' || to === 'completed' || to === 'on-hold')) return 'New order';
  if (to === 'cancelled' && (from === 'processing' || from === 'on-hold')) return 'Cancelled order';
  if (to === 'failed' && (from === 'pending' || from === 'on-hold')) return 'Failed order';
  return undefined;
};

/**
 * The e-mails of a status change. "New order" goes out once per order by a flag that is read and written without
 * a lock: parallel payments of one order all find it unset (woocommerce.md 3.1).
 */
export const sendStatusEmails = async (
  store: Store,
  orderId: number,
  from: OrderStatus,
  to: OrderStatus,
): Promise<void> => {
  const alreadySent = store.orders.get(orderId)?.newOrderEmailSent ?? false;
  await store.awaitPoints.query();
  const row = store.orders.get(orderId);
  if (row === undefined) return;
  const toMerchant = merchantEmail(from, to);
  if (toMerchant !== undefined && !(toMerchant === 'New order' && alreadySent)) {
    sendEmail(store, orderId, toMerchant);
    if (toMerchant === 'New order') row.newOrderEmailSent = true;
  }
  const toCustomer = customerEmail(from, to);
  if (toCustomer !== undefined && row.billing.email !== '') sendEmail(store, orderId, toCustomer);
};
