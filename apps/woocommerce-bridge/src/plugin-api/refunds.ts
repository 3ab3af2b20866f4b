import {
  type CurrencyCode,
  type OrderKey,
  type Ports,
  type RefundResult,
  requestRefund,
  type StoreId,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { askTheShop, orderUnknown, type Problem } from '../wire/problem.ts';
import { type Answer, answer, parseBody, refuse } from './call.ts';
import { amountField, currencyField, orderIdField } from './fields.ts';
import { orderParam } from './order-param.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

const refundBody = z.object({
  refund_id: orderIdField,
  amount: amountField,
  /** The order's own where it is left out. */
  currency: currencyField.optional(),
  reason: z.string().max(1_000).default(''),
});

const checking: Problem = {
  status: 409,
  code: 'refund-checking',
  ownerMessage:
    'A refund of this payment has been sent and its outcome is not known yet. Look at the payment at the gateway before refunding again.',
  shopperMessage: askTheShop,
  more: { outcome: 'checking' },
};

const refusedOwnerText = (reason: string): string => {
  switch (reason) {
    case 'order-not-paid-here':
      return 'This order was not paid through Gatewright, so there is nothing to refund here.';
    case 'amount-zero':
      return 'A refund of nothing is not sent.';
    case 'currency-differs':
      return 'The refund is in another currency than the payment.';
    case 'more-than-paid':
      return 'The refunds would come to more than was paid.';
    case 'payment-unknown':
      return 'The gateway has named no payment that could be refunded. Refund it by hand at the gateway.';
    default:
      return `The gateway refused the refund (${reason}). Nothing was sent back.`;
  }
};

const toAnswer = (result: RefundResult): Answer => {
  switch (result.outcome) {
    case 'done':
    case 'accepted':
      return answer({ outcome: result.outcome, gateway_refund: result.gatewayRefundId });
    case 'manual':
      return answer({ outcome: 'manual', instructions: result.instructions });
    case 'checking':
      return refuse(checking);
    case 'refused':
      return refuse({
        status: 422,
        code: result.reason,
        ownerMessage: refusedOwnerText(result.reason),
        shopperMessage: askTheShop,
        more: { outcome: 'refused' },
      });
    default: {
      const never: never = result;
      return never;
    }
  }
};

const orderCurrency = (ports: Ports, store: StoreId, order: OrderKey): Promise<CurrencyCode | undefined> =>
  ports.ledger.transact(async (tx) => (await tx.orders.byKey(store, order))?.total.currency);

/** `POST /v1/orders/:order/refunds`: never twice, by the shop's own refund id. */
export const refunds =
  (api: PluginApi): PluginRoute =>
  async (call) => {
    const { ports } = api;
    const order = await orderParam(api, call);
    if (!order.ok) return order;
    const asked = parseBody(refundBody, call.body);
    if (!asked.ok) return asked;
    const currency = await orderCurrency(ports, call.store.id, order.value);
    if (currency === undefined) return refuse(orderUnknown);
    const { amount, reason, refund_id } = asked.value;
    const result = await requestRefund(ports, {
      store: call.store.id,
      orderKey: order.value,
      refundId: refund_id,
      amount: { amount, currency: asked.value.currency ?? currency },
      reason,
    });
    return toAnswer(result);
  };
