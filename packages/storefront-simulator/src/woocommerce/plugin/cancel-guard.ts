import type { Order } from '../orders/order.ts';
import type { Store } from '../store/store.ts';
import { orderKeyHash } from './order-key-hash.ts';
import { isOurs, type Plugin } from './plugin.ts';

/**
 * May this unpaid order be cancelled? Asks the bridge, 2 s at most; no answer and "unknown" keep the order
 * (bridge-api.md, may-cancel). The order is looked at again afterwards: it may have been paid meanwhile.
 */
export const mayCancel = async (store: Store, plugin: Plugin, order: Order): Promise<boolean> => {
  if (!isOurs(order)) return true;
  const result = await plugin.client()?.mayCancel(order.id, orderKeyHash(order));
  if (result?.ok !== true || result.answer.may_cancel !== 'yes') return false;
  return store.orders.get(order.id)?.status === order.status;
};

/** Hooks the plugin into cancelling: the hold-stock filter, and telling the bridge what the shop has cancelled. */
export const guardCancelling = (store: Store, plugin: Plugin): void => {
  store.cancelUnpaidFilters.push((order) => mayCancel(store, plugin, order));
  store.statusListeners.push(async (order, _from, to) => {
    const byBridge = plugin.payments.get(order.id)?.ownStatus === 'cancelled';
    if (to !== 'cancelled' || byBridge || !isOurs(order)) return;
    // A failure is in the log; the bridge learns of the cancel again by the order.updated webhook.
    await plugin.client()?.cancel(order.id, orderKeyHash(order));
  });
};
