import type { Store } from '../store/store.ts';
import { loadOrder } from './loaded-order.ts';
import { saveOrder, setStatus } from './save-order.ts';

const CHECKOUTS = new Set(['checkout', 'store-api']);

/**
 * `wc_cancel_unpaid_orders`: cancels pending orders of the shop's own checkouts by the time of their **last
 * update**; each plugin may keep an order back (woocommerce.md 5.8).
 * @returns the ids that were cancelled
 */
export const cancelUnpaidOrders = async (store: Store): Promise<number[]> => {
  const minutes = Number(store.settings.holdStockMinutes);
  if (!(minutes >= 1)) return [];
  const limit = store.now() - minutes * 60_000;
  const due = [...store.orders.values()].filter(
    (order) => order.status === 'pending' && order.dateModified < limit && CHECKOUTS.has(order.createdVia),
  );
  const cancelled: number[] = [];
  for (const { id } of due) {
    const loaded = loadOrder(store, id);
    if (loaded === undefined) continue;
    let allowed = true;
    for (const filter of store.cancelUnpaidFilters) allowed = allowed && (await filter(loaded.data));
    if (!allowed) continue;
    setStatus(store, loaded, 'cancelled');
    await saveOrder(store, loaded, 'Unpaid order cancelled - time limit reached.');
    cancelled.push(id);
  }
  return cancelled;
};
