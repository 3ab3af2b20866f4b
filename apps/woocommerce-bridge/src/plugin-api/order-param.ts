import type { OrderKey } from '@gatewright/payment-core';
import { malformed } from '../wire/problem.ts';
import { type Parsed, refuse } from './call.ts';
import { orderIdField } from './fields.ts';
import type { PluginCall } from './plugin-route.ts';

/** The order that stands in the path. */
export const orderParam = ({ params }: PluginCall): Parsed<OrderKey> => {
  const order = orderIdField.safeParse(params.order);
  return order.success ? { ok: true, value: order.data } : refuse(malformed(['order']));
};
