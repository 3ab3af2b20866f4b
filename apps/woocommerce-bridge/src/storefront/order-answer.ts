import {
  type CurrencyCode,
  parseCurrency,
  parseDecimal,
  type StorefrontOrder,
  type StorefrontRefund,
  wireId,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { orderKeyHash } from '../woocommerce/order-identities.ts';

/** `GET wc/v3/orders/:id`, as far as it is read (woocommerce.md 2.4). */
const orderSchema = z.object({
  id: wireId,
  status: z.string(),
  currency: z.string(),
  order_key: z.string().default(''),
  date_paid_gmt: z.string().nullish(),
  refunds: z.array(z.object({ id: wireId, reason: z.string().nullish(), total: z.string() })).default([]),
});

/** Shops and plugins add statuses of their own; there only the payment date says whether it is paid. */
const stateOf = (status: string, paid: boolean): StorefrontOrder['state'] => {
  switch (status) {
    case 'cancelled':
    case 'refunded':
    case 'trash':
      return 'ended';
    case 'processing':
    case 'completed':
      return 'paid';
    case 'pending':
    case 'on-hold':
    case 'failed':
      return 'open';
    default:
      return paid ? 'paid' : 'open';
  }
};

/** `total` is a negative string, "-0.00" for a refund of nothing. */
const refundOf = (
  currency: CurrencyCode,
  row: { id: string; reason?: string | null | undefined; total: string },
): StorefrontRefund | undefined => {
  const amount = parseDecimal(row.total.replace(/^-/, ''));
  return amount === undefined
    ? undefined
    : { id: row.id, amount: { amount, currency }, reason: row.reason ?? '' };
};

const missingOrder = z.object({ code: z.literal('woocommerce_rest_shop_order_invalid_id') });

const missing: StorefrontOrder = { state: 'missing', refunds: [] };

/**
 * Undefined when the answer is no order: a page, or another plugin's error.
 * @param keyHash of the order that is meant: another one under its number is not it. Null where it is unknown
 */
export const readOrder = (
  status: number,
  body: unknown,
  keyHash: string | null,
): StorefrontOrder | undefined => {
  if (status === 404 && missingOrder.safeParse(body).success) return missing;
  const order = status === 200 ? orderSchema.safeParse(body) : undefined;
  const currency = order?.success ? parseCurrency(order.data.currency) : undefined;
  if (!order?.success || currency === undefined) return undefined;
  const { data } = order;
  if (keyHash !== null && orderKeyHash(data.order_key) !== keyHash) return missing;
  return {
    state: stateOf(data.status, typeof data.date_paid_gmt === 'string'),
    refunds: data.refunds.flatMap((row) => refundOf(currency, row) ?? []),
  };
};
