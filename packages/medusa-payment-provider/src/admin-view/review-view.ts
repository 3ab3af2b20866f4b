import { type OrderKey, orderKeySchema, type ReviewRow } from '@gatewright/payment-core';
import type { ReviewAnswerItem } from '../api/admin/gatewright/shapes.ts';
import { orderIdOf } from '../fulfilment/read-purchase.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { instant } from './shown.ts';

export const reviewView = (row: ReviewRow, orderId: string | null): ReviewAnswerItem => ({
  id: row.id,
  kind: row.kind,
  order_key: row.orderKey,
  order_id: orderId,
  invoice: row.invoice,
  account: row.account,
  detail: row.detail,
  opened_at: instant(row.openedAt),
  resolution: row.resolution && { ...row.resolution, at: instant(row.resolution.at) },
});

/** Review items with the orders that Medusa has made of their carts meanwhile. */
export const reviewViews = async (
  query: ShopQuery,
  rows: readonly ReviewRow[],
): Promise<ReviewAnswerItem[]> => {
  const keys = new Set(rows.flatMap(({ orderKey }) => (orderKey === null ? [] : [orderKey])));
  const orders = new Map<OrderKey, string>();
  for (const key of keys) {
    const order = await orderIdOf(query, orderKeySchema.parse(key));
    if (order !== undefined) orders.set(key, order);
  }
  return rows.map((row) =>
    reviewView(row, row.orderKey === null ? null : (orders.get(row.orderKey) ?? null)),
  );
};
