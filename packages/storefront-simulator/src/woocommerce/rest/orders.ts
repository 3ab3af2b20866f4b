import { eraseOrder, trashOrder } from '../orders/delete-order.ts';
import { loadOrder } from '../orders/loaded-order.ts';
import { statusList } from '../orders/order-status.ts';
import type { Store } from '../store/store.ts';
import type { RestCall } from './call.ts';
import { endpoint, pathId } from './endpoint.ts';
import { restUrl } from './links.ts';
import { orderParams } from './order-input.ts';
import { decimalsParam, orderJson } from './order-json.ts';
import { createOrder, updateOrder } from './order-write.ts';
import { wpBoolean } from './params.ts';
import { invalidOrderId, type RestAnswer, restError, restOk } from './rest-error.ts';

const exists = (store: Store, call: RestCall): boolean => store.orders.has(pathId(call));

export const getOrder = endpoint({
  permission: 'view',
  params: { dp: decimalsParam },
  exists,
  run: (store, call, { dp }) => {
    const order = store.orders.get(pathId(call));
    return order === undefined ? invalidOrderId() : restOk(orderJson(store, order, dp));
  },
});

export const postOrder = endpoint({
  permission: 'create',
  params: orderParams,
  run: async (store, _call, input) => {
    const result = await createOrder(store, input);
    if (!result.ok) return result.answer;
    const location = restUrl(store, `/wc/v3/orders/${result.order.id}`);
    return restOk(orderJson(store, result.order), 201, { Location: location });
  },
});

export const putOrder = endpoint({
  permission: 'edit',
  params: orderParams,
  exists,
  run: async (store, call, input) => {
    const result = await updateOrder(store, pathId(call), input);
    return result.ok ? restOk(orderJson(store, result.order)) : result.answer;
  },
});

/** Answers with the order as it was before; only `force` after a trashing shows the trash meta (5.3). */
export const removeOrder = (store: Store, id: number, force: boolean): RestAnswer => {
  const loaded = loadOrder(store, id);
  if (loaded === undefined) return invalidOrderId();
  const answer = restOk(orderJson(store, loaded.read));
  if (force) {
    eraseOrder(store, loaded.read);
    return answer;
  }
  if (loaded.read.status === 'trash') {
    return restError('woocommerce_rest_already_trashed', 'The shop_order has already been deleted.', 410);
  }
  trashOrder(store, loaded);
  return answer;
};

export const deleteOrder = endpoint({
  permission: 'delete',
  params: { force: wpBoolean },
  exists,
  run: (store, call, { force }) => removeOrder(store, pathId(call), force ?? false),
});

/** Public: WooCommerce asks for no key here. */
export const getStatuses = {
  handle: async (): Promise<RestAnswer> => restOk(statusList),
};
