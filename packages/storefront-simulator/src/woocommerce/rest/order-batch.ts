import * as z from 'zod';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { CURRENCIES } from './currency-list.ts';
import { endpoint } from './endpoint.ts';
import { orderParams } from './order-input.ts';
import { orderJson } from './order-json.ts';
import { createOrder, type OrderWrite, updateOrder, type WriteResult } from './order-write.ts';
import { removeOrder } from './orders.ts';
import { parseLeniently, wpInteger } from './params.ts';
import { type RestAnswer, restError, restOk } from './rest-error.ts';

const LIMIT = 100;

// What JSON.parse made of a request body is JSON.
const item = z.record(
  z.string(),
  z.custom<Json>(() => true),
);

const failed = (id: Json, { body }: RestAnswer): Json => ({ id, error: body ?? null });

const invalidCurrency = (sent: Readonly<Record<string, Json>>): RestAnswer | undefined => {
  const currency = sent.currency;
  if (typeof currency !== 'string' || CURRENCIES.includes(currency)) return undefined;
  return restError('order_invalid_currency', 'Invalid currency code', 400);
};

/** Items are not validated: an invalid status is left out in silence [orders-batch-mixed]. */
const writeItem = async (
  store: Store,
  sent: Readonly<Record<string, Json>>,
  write: (input: OrderWrite) => Promise<WriteResult>,
  id: Json,
): Promise<Json> => {
  const refusal = invalidCurrency(sent);
  if (refusal !== undefined) return failed(id, refusal);
  const result = await write(parseLeniently(orderParams, sent));
  return result.ok ? orderJson(store, result.order) : failed(id, result.answer);
};

const removeItem = (store: Store, id: number): Json => {
  const answer = removeOrder(store, id, true);
  return answer.status === 200 ? (answer.body ?? null) : failed(id, answer);
};

/** POST orders/batch: up to 100 items, an `error` per item (woocommerce.md 5.3). */
export const batchOrders = endpoint({
  permission: 'batch',
  params: { create: z.array(item), update: z.array(item), delete: z.array(wpInteger()) },
  run: async (store, _call, input) => {
    const { create = [], update = [], delete: remove = [] } = input;
    if (create.length + update.length + remove.length > LIMIT) {
      const text = `Unable to accept more than ${LIMIT} items for this request.`;
      return restError('woocommerce_rest_request_entity_too_large', text, 413);
    }
    const created: Json[] = [];
    for (const sent of create) {
      created.push(await writeItem(store, sent, (order) => createOrder(store, order), 0));
    }
    const updated: Json[] = [];
    for (const sent of update) {
      const id = sent.id ?? null;
      updated.push(await writeItem(store, sent, (order) => updateOrder(store, Number(id), order), id));
    }
    const removed = remove.filter((id) => id !== 0).map((id) => removeItem(store, id));
    return restOk({
      ...(created.length === 0 ? {} : { create: created }),
      ...(updated.length === 0 ? {} : { update: updated }),
      ...(removed.length === 0 ? {} : { delete: removed }),
    });
  },
});
