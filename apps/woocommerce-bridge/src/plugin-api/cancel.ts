import { cancelOrder } from '@gatewright/payment-core';
import { answer } from './call.ts';
import { orderParam } from './order-param.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `POST /v1/orders/:order/cancel`: what could be cancelled at the gateway, and what stays watched. */
export const cancel =
  ({ ports, kick }: PluginApi): PluginRoute =>
  async (call) => {
    const order = orderParam(call);
    if (!order.ok) return order;
    const { canceled, watched } = await cancelOrder(ports, call.store.id, order.value);
    kick();
    return answer({ canceled, watched });
  };
