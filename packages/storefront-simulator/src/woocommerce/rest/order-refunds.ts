import { parseDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { createRefund } from '../orders/create-refund.ts';
import { atScale, sumOf, ZERO } from '../orders/price.ts';
import type { Refund } from '../orders/refund.ts';
import { refundsOf } from '../orders/refund-row.ts';
import { restDate } from '../store/instant.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import type { RestCall } from './call.ts';
import { endpoint, pathId } from './endpoint.ts';
import { READ_AND_DELETE, resourceLinks, restUrl } from './links.ts';
import { pageOf, pagingParams } from './paging.ts';
import { wpBoolean, wpInteger } from './params.ts';
import { numericDataError, type RestAnswer, restOk } from './rest-error.ts';

const refundJson = (store: Store, refund: Refund): Json => {
  const collection = `/wc/v3/orders/${refund.orderId}/refunds`;
  return {
    id: refund.id,
    date_created: restDate(refund.date),
    date_created_gmt: restDate(refund.date),
    amount: atScale(refund.amount, store.settings.decimals),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.refundedPayment,
    meta_data: refund.metaData.map(({ id, key, value }) => ({ id, key, value })),
    line_items: [],
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
    _links: resourceLinks(store, `${collection}/${refund.id}`, collection, READ_AND_DELETE, {
      up: [{ href: restUrl(store, `/wc/v3/orders/${refund.orderId}`) }],
    }),
  };
};

const newestFirst = (a: Refund, b: Refund): number => b.date - a.date || b.id - a.id;

export const listRefunds = endpoint({
  permission: 'list',
  params: pagingParams,
  run: (store, call, paging) => {
    const refunds = refundsOf(store, pathId(call, 'order')).sort(newestFirst);
    return pageOf(store, call, refunds, paging, (refund) => refundJson(store, refund));
  },
});

const CANNOT = 'woocommerce_rest_cannot_create_order_refund';

const amountText = z.string().transform((text) => ({ text, value: parseDecimal(text) }));
const refundLine = z.object({
  id: wpInteger(1),
  quantity: wpInteger(0).optional(),
  refund_total: z.unknown().transform((value) => parseDecimal(String(value ?? '')) ?? ZERO),
});

/** POST refunds. Every refusal is a 500 whose data is a number (woocommerce.md 5.2). */
export const postRefund = endpoint({
  permission: 'create',
  params: {
    amount: amountText,
    reason: z.string(),
    api_refund: wpBoolean,
    api_restock: wpBoolean,
    line_items: z.array(refundLine),
  },
  run: async (store, call, input) => {
    const orderId = pathId(call, 'order');
    const lines = input.line_items ?? [];
    if (!store.orders.has(orderId)) {
      return numericDataError('woocommerce_rest_invalid_order_id', 'Invalid order ID.', 404);
    }
    if (input.amount?.text.startsWith('-') === true) {
      const text = 'Refund amount must be greater than zero.';
      return numericDataError('woocommerce_rest_invalid_order_refund', text, 400);
    }
    if (input.amount !== undefined && input.amount.value === undefined) {
      return numericDataError(CANNOT, 'Invalid refund amount.', 500);
    }
    const result = await createRefund(store, orderId, {
      amount: input.amount?.value ?? sumOf(lines.map(({ refund_total }) => refund_total)),
      reason: input.reason ?? '',
      apiRefund: input.api_refund ?? true,
      restock: new Map(
        (input.api_restock ?? true) ? lines.map(({ id, quantity = 0 }) => [id, quantity]) : [],
      ),
    });
    if (!result.ok) return numericDataError(CANNOT, result.message, 500);
    // WooCommerce forgets to put the order's id into the pattern [refund-create-api-ok].
    const location = restUrl(store, `/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/${result.refund.id}`);
    return restOk(refundJson(store, result.refund), 201, { Location: location });
  },
});

const withRefund = (store: Store, call: RestCall, use: (refund: Refund) => void): RestAnswer => {
  const refund = refundsOf(store, pathId(call, 'order')).find(({ id }) => id === pathId(call));
  if (refund === undefined) {
    return numericDataError('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.', 404);
  }
  use(refund);
  return restOk(refundJson(store, refund));
};

export const getRefund = endpoint({
  permission: 'view',
  params: {},
  run: (store, call) => withRefund(store, call, () => undefined),
});

/** Removes the row only: no money moves back, the order's status stays. */
export const deleteRefund = endpoint({
  permission: 'delete',
  params: { force: wpBoolean },
  run: (store, call) => withRefund(store, call, ({ id }) => store.refunds.delete(id)),
});
