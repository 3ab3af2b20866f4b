import { minorOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { loadOrder } from './loaded-order.ts';
import { saveOrder, setStatus } from './save-order.ts';

/** Orders of the Blocks checkout are among them since 10.6. */
const checkouts = ({ settings: { versions } }: Store): readonly string[] =>
  minorOf(versions) >= 1006 ? ['checkout', 'store-api'] : ['checkout'];

/**
 * `wc_cancel_unpaid_orders`: cancels pending orders of the shop's own checkouts by the time of their **last
 * update**; each plugin may keep an order back (woocommerce.md 5.8).
 * @returns the ids that were cancelled
 */
export const cancelUnpaidOrders = async (store: Store): Promise<number[]> => {
  const minutes = Number(store.settings.holdStockMinutes);
  if (!(minutes >= 1)) return [];
  const ours = checkouts(store);
  const limit = store.now() - minutes * 60_000;
  const due = [...store.orders.values()].filter(
    (order) => order.status === 'pending' && order.dateModified < limit && ours.includes(order.createdVia),
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
