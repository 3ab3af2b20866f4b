import { pageAddress } from '@gatewright/pay-page';
import type { OrderKey, ReviewRow } from '@gatewright/payment-core';
import { orderKeySchema } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import type { OrderAnswer, PaymentView } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import { collectionsOfOrder, orderKeyOfOrder } from '../fulfilment/read-purchase.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { invoiceView } from './invoice-view.ts';
import { reviewView } from './review-view.ts';
import { instant, instantOrNull, shownMoneyOrNull } from './shown.ts';

/** The keys an order may have been paid under: its cart, and the collections of order edits and draft orders. */
export const orderKeysOf = async (query: ShopQuery, order: string): Promise<readonly OrderKey[]> => {
  const cart = await orderKeyOfOrder(query, order);
  const keys = [...(cart === undefined ? [] : [cart]), ...(await collectionsOfOrder(query, order))];
  return keys.flatMap((key) => orderKeySchema.safeParse(key).data ?? []);
};

/** An order has a handful of items; nobody reads more than these beside it. */
const reviewsShown = 50;

const reviewsOf = async (tx: SqlTransaction, orderKey: OrderKey): Promise<readonly ReviewRow[]> => {
  const asked = { limit: reviewsShown, orderKey };
  const open = await tx.reviews.page(medusaStoreId, { ...asked, state: 'open' });
  return [...open, ...(await tx.reviews.page(medusaStoreId, { ...asked, state: 'resolved' }))];
};

/** Undefined: nothing was ever started under this key. @param orderId Medusa's order, once there is one */
export const paymentView = async (
  engine: MedusaEngine,
  tx: SqlTransaction,
  orderKey: OrderKey,
  orderId: string | null,
): Promise<PaymentView | undefined> => {
  const order = await tx.orders.byKey(medusaStoreId, orderKey);
  const page = (await tx.pages.ofOrder(medusaStoreId, orderKey)).at(-1);
  if (!order && !page) return undefined;
  const claim = await tx.claims.byOrder(medusaStoreId, orderKey);
  const paidBy = claim && claim.state !== 'released' ? claim : undefined;
  const invoices = [];
  for (const invoice of await tx.invoices.ofOrder(medusaStoreId, orderKey))
    invoices.push(await invoiceView(engine.ports, tx, invoice, paidBy?.invoice));
  const told = await tx.instructions.ofOrder(medusaStoreId, orderKey);
  return {
    order_key: orderKey,
    state: order?.state ?? 'open',
    paid: paidBy !== undefined,
    booked: paidBy?.state === 'acknowledged',
    amount: shownMoneyOrNull(order?.total ?? page?.amount ?? null),
    deadline: instantOrNull(order?.deadline ?? null),
    pay_url: page ? pageAddress(engine.host, page) : null,
    invoices,
    instructions: told.map((row) => ({
      kind: row.kind,
      state: row.state,
      note: row.note,
      answer: row.answer,
      at: instant(row.doneAt ?? row.createdAt),
    })),
    reviews: (await reviewsOf(tx, orderKey)).map((row) => reviewView(row, orderId)),
  };
};

/** Everything that Gatewright knows of one of Medusa's orders, as it was at one moment. */
export const orderView = async (
  engine: MedusaEngine,
  query: ShopQuery,
  orderId: string,
): Promise<OrderAnswer> => {
  const keys = await orderKeysOf(query, orderId);
  const payments = await engine.ledger.transact(async (tx) => {
    const views: PaymentView[] = [];
    for (const key of keys) {
      const view = await paymentView(engine, tx, key, orderId);
      if (view) views.push(view);
    }
    return views;
  });
  return { order_id: orderId, payments };
};
