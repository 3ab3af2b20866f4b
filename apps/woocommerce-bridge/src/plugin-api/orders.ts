import { orderUnknown } from '../wire/problem.ts';
import { answer, refuse } from './call.ts';
import { orderParam } from './order-param.ts';
import { orderView } from './order-view.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/orders/:order`: status, exceptions, amounts, links and timeline, for the owner. */
export const orders =
  (api: PluginApi): PluginRoute =>
  async (call) => {
    const order = await orderParam(api, call);
    if (!order.ok) return order;
    const view = await orderView(api.ports, call.store.id, order.value, api.pages);
    return view ? answer(view) : refuse(orderUnknown);
  };
