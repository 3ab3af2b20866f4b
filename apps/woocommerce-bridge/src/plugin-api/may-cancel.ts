import { mayCancelOrder } from '@gatewright/payment-core';
import { answer } from './call.ts';
import { orderParam } from './order-param.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/orders/:order/may-cancel`: the hold-stock guard; the ledger alone answers, so it is quick. */
export const mayCancel =
  ({ ports }: PluginApi): PluginRoute =>
  async (call) => {
    const order = orderParam(call);
    if (!order.ok) return order;
    return answer({ may_cancel: await mayCancelOrder(ports, call.store.id, order.value) });
  };
