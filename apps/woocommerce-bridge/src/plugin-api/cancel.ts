import { cancelOrder } from '@gatewright/payment-core';
import { answer } from './call.ts';
import { maybeOrder } from './order-param.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `POST /v1/orders/:order/cancel`: what could be cancelled at the gateway, and what stays watched. */
export const cancel =
  (api: PluginApi): PluginRoute =>
  async (call) => {
    const { ports, kick } = api;
    const order = await maybeOrder(api, call);
    if (!order.ok) return order;
    if (order.value === null) return answer({ canceled: [], watched: [] });
    const { canceled, watched } = await cancelOrder(ports, call.store.id, order.value);
    kick();
    return answer({ canceled, watched });
  };
