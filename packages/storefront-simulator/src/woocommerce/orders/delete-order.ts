import type { Store } from '../store/store.ts';
import { orderEvent } from '../webhooks/events.ts';
import { type LoadedOrder, writeRow } from './loaded-order.ts';
import type { Order } from './order.ts';

/** Moves an order to the trash; the only moment that fires order.deleted (woocommerce.md 4.2). */
export const trashOrder = (store: Store, loaded: LoadedOrder): void => {
  const { data } = loaded;
  data.metaData = [
    ...data.metaData,
    { id: 0, key: '_wp_trash_meta_status', value: `wc-${data.status}` },
    { id: 0, key: '_wp_trash_meta_time', value: String(Math.floor(store.now() / 1000)) },
  ];
  data.status = 'trash';
  writeRow(store, loaded);
  orderEvent(store, 'deleted', loaded.id);
};

/** Removes the rows for good; fires nothing. */
export const eraseOrder = (store: Store, order: Order): void => {
  store.orders.delete(order.id);
  for (const refund of [...store.refunds.values()]) {
    if (refund.orderId === order.id) store.refunds.delete(refund.id);
  }
};
