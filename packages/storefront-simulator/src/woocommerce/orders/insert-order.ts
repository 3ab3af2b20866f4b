import { minorOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { orderEvent } from '../webhooks/events.ts';
import { BILLING_FIELDS, emptyAddress, type LineItem, type Order, SHIPPING_FIELDS } from './order.ts';
import type { OrderStatus } from './order-status.ts';
import { atScale, sumOf } from './price.ts';

export interface NewOrder {
  readonly status: OrderStatus;
  readonly createdVia: string;
  readonly lineItems?: readonly LineItem[];
}

export const totalOf = (store: Store, lines: readonly LineItem[]): Order['total'] =>
  atScale(sumOf(lines.map(({ total }) => total)), store.settings.decimals);

export const withItemIds = (store: Store, lines: readonly LineItem[]): LineItem[] =>
  lines.map((line) => ({
    ...line,
    id: line.id === 0 ? store.nextId('item') : line.id,
    metaData: line.metaData.map((meta) => (meta.id === 0 ? { ...meta, id: store.nextId('itemMeta') } : meta)),
  }));

/** Up to 8.x order.created tells of the draft, and nothing tells of the order that it becomes (woocommerce.md 4.2). */
export const draftsAreCreated = ({ settings: { versions } }: Store): boolean => minorOf(versions) < 900;

/**
 * Stores a new order. It fires order.created and, because the totals are saved after it, order.updated; a draft of
 * the Blocks checkout fires only order.updated since 9.x (woocommerce.md 4.2).
 */
export const insertOrder = (store: Store, input: NewOrder): Order => {
  const now = store.now();
  const lineItems = withItemIds(store, input.lineItems ?? []);
  const order: Order = {
    id: store.nextId('post'),
    status: input.status,
    currency: store.settings.currency,
    total: totalOf(store, lineItems),
    orderKey: `wc_order_${store.random.alphanumeric(13)}`,
    customerNote: '',
    billing: emptyAddress(BILLING_FIELDS),
    shipping: emptyAddress(SHIPPING_FIELDS),
    paymentMethod: '',
    paymentMethodTitle: '',
    transactionId: '',
    createdVia: input.createdVia,
    dateCreated: now,
    dateModified: now,
    dateCompleted: null,
    datePaid: null,
    cartHash: input.createdVia === 'rest-api' ? '' : store.random.hex(32),
    metaData: [],
    lineItems,
    stockReduced: false,
    newOrderEmailSent: false,
  };
  store.orders.set(order.id, order);
  if (input.status !== 'checkout-draft' || draftsAreCreated(store)) orderEvent(store, 'created', order.id);
  orderEvent(store, 'updated', order.id);
  return order;
};
