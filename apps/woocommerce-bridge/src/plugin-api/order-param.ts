import type { OrderKey } from '@gatewright/payment-core';
import * as z from 'zod';
import { malformed, orderUnknown } from '../wire/problem.ts';
import { type Parsed, parseQuery, refuse } from './call.ts';
import { orderIdField, orderKeyHashField } from './fields.ts';
import type { PluginApi, PluginCall } from './plugin-route.ts';

/** A plugin from before order keys sends none. */
const query = z.object({ order_key_hash: orderKeyHashField.optional() });

/**
 * The order that stands in the path, told from others of its number by `?order_key_hash`. Null: nothing was ever
 * started for that very order.
 */
export const maybeOrder = async (
  { identities }: PluginApi,
  { store, params, target }: PluginCall,
): Promise<Parsed<OrderKey | null>> => {
  const order = orderIdField.safeParse(params.order);
  if (!order.success) return refuse(malformed(['order']));
  const asked = parseQuery(query, target);
  if (!asked.ok) return asked;
  const found = await identities.find(store.id, order.data, asked.value.order_key_hash ?? null);
  return { ok: true, value: found ?? null };
};

/** The same, where an order without a payment has no answer. */
export const orderParam = async (api: PluginApi, call: PluginCall): Promise<Parsed<OrderKey>> => {
  const order = await maybeOrder(api, call);
  if (!order.ok) return order;
  return order.value === null ? refuse(orderUnknown) : { ok: true, value: order.value };
};
