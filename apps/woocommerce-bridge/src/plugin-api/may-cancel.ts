import { mayCancelOrder } from '@gatewright/payment-core';
import { answer } from './call.ts';
import { maybeOrder } from './order-param.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/orders/:order/may-cancel`: the hold-stock guard; the ledger alone answers, so it is quick. */
export const mayCancel =
  (api: PluginApi): PluginRoute =>
  async (call) => {
    const order = await maybeOrder(api, call);
    if (!order.ok) return order;
    if (order.value === null) return answer({ may_cancel: 'yes' });
    return answer({ may_cancel: await mayCancelOrder(api.ports, call.store.id, order.value) });
  };
