import type { OrderKey } from '@gatewright/payment-core';
import * as z from 'zod';
import { medusaAmountSchema, medusaMoney } from './medusa-money.ts';
import type { Purchase, ShopCart, ShopCollection, ShopOrder } from './purchase.ts';
import type { ShopQuery } from './shop.ts';

const instant = z.union([z.string(), z.date()]).nullish();
const rows = <Row extends z.ZodType>(row: Row) => z.array(row.nullable()).nullish();
const present = <Row>(found: readonly (Row | null)[] | null | undefined): readonly Row[] =>
  (found ?? []).filter((row): row is Row => row !== null);

/** What providers keep with a payment is their own; ours is looked for, and nobody else's read. */
const providerData = z
  .object({ invoice_id: z.string() })
  .transform((data) => data.invoice_id)
  .nullish()
  .catch(null);

const collectionSchema = z.object({
  id: z.string(),
  currency_code: z.string(),
  raw_amount: medusaAmountSchema,
  payment_sessions: rows(
    z.object({
      id: z.string(),
      provider_id: z.string(),
      status: z.string(),
      currency_code: z.string(),
      raw_amount: medusaAmountSchema,
    }),
  ),
  payments: rows(
    z.object({
      id: z.string(),
      provider_id: z.string(),
      payment_session_id: z.string().nullish(),
      currency_code: z.string(),
      raw_amount: medusaAmountSchema,
      captured_at: instant,
      canceled_at: instant,
      data: providerData,
      refunds: rows(z.object({ id: z.string(), raw_amount: medusaAmountSchema, note: z.string().nullish() })),
    }),
  ),
});

const collectionFields = [
  'id',
  'currency_code',
  'raw_amount',
  ...['id', 'provider_id', 'status', 'currency_code', 'raw_amount'].map((name) => `payment_sessions.${name}`),
  ...[
    'id',
    'provider_id',
    'payment_session_id',
    'currency_code',
    'raw_amount',
    'captured_at',
    'canceled_at',
    'data',
    'refunds.id',
    'refunds.raw_amount',
    'refunds.note',
  ].map((name) => `payments.${name}`),
];

const toCollection = (row: z.output<typeof collectionSchema>): ShopCollection => ({
  id: row.id,
  amount: medusaMoney(row.raw_amount, row.currency_code),
  currency: row.currency_code.toUpperCase(),
  sessions: present(row.payment_sessions).map((session) => ({
    id: session.id,
    provider: session.provider_id,
    status: session.status,
    amount: medusaMoney(session.raw_amount, session.currency_code),
    exactAmount: session.raw_amount,
  })),
  payments: present(row.payments).map((payment) => ({
    id: payment.id,
    provider: payment.provider_id,
    session: payment.payment_session_id ?? null,
    invoice: payment.data ?? null,
    amount: medusaMoney(payment.raw_amount, payment.currency_code),
    captured: payment.captured_at != null,
    canceled: payment.canceled_at != null,
    refunds: present(payment.refunds).map((refund) => ({
      id: refund.id,
      amount: medusaMoney(refund.raw_amount, payment.currency_code),
      note: refund.note ?? '',
    })),
  })),
});

const first = async <Row extends z.ZodType>(
  query: ShopQuery,
  entity: string,
  fields: string[],
  filters: Record<string, unknown>,
  row: Row,
): Promise<z.output<Row> | undefined> => {
  const { data } = await query.graph({ entity, fields, filters });
  return z.array(row).parse(data)[0];
};

const cartSchema = z
  .object({
    id: z.string(),
    completed_at: instant,
    currency_code: z.string(),
    raw_total: medusaAmountSchema.nullish(),
    total: medusaAmountSchema.nullish(),
  })
  .transform(
    (row): ShopCart => ({
      id: row.id,
      completed: row.completed_at != null,
      total: medusaMoney(row.raw_total ?? row.total ?? '', row.currency_code),
    }),
  );

const orderSchema = z
  .object({
    id: z.string(),
    status: z.string(),
    currency_code: z.string(),
    raw_total: medusaAmountSchema.nullish(),
    total: medusaAmountSchema.nullish(),
  })
  .transform(
    (row): ShopOrder => ({
      id: row.id,
      status: row.status,
      total: medusaMoney(row.raw_total ?? row.total ?? '', row.currency_code),
    }),
  );

const totalFields = ['id', 'currency_code', 'total', 'raw_total'];
const orderLink = z.object({ order_id: z.string() });

/** The order of a cart, or of a collection that has none; undefined before there is one. */
export const orderIdOf = async (query: ShopQuery, orderKey: OrderKey): Promise<string | undefined> => {
  const ofCart = await first(query, 'order_cart', ['order_id'], { cart_id: orderKey }, orderLink);
  if (ofCart) return ofCart.order_id;
  const filters = { payment_collection_id: orderKey };
  return (await first(query, 'order_payment_collection', ['order_id'], filters, orderLink))?.order_id;
};

/** The key that an order is paid under: its cart, else (draft orders) nothing that an order alone tells. */
export const orderKeyOfOrder = async (query: ShopQuery, order: string): Promise<string | undefined> => {
  const cart = z.object({ cart_id: z.string() });
  return (await first(query, 'order_cart', ['cart_id'], { order_id: order }, cart))?.cart_id;
};

/** The payment collections of an order: what was paid without a cart is keyed by them. */
export const collectionsOfOrder = async (query: ShopQuery, order: string): Promise<readonly string[]> => {
  const { data } = await query.graph({
    entity: 'order_payment_collection',
    fields: ['payment_collection_id'],
    filters: { order_id: order },
  });
  const links = z.array(z.object({ payment_collection_id: z.string() })).parse(data);
  return links.map((link) => link.payment_collection_id);
};

const collectionOfCart = async (query: ShopQuery, cart: string): Promise<string | undefined> => {
  const link = z.object({ payment_collection_id: z.string() });
  const fields = ['payment_collection_id'];
  return (await first(query, 'cart_payment_collection', fields, { cart_id: cart }, link))
    ?.payment_collection_id;
};

const orderOf = async (query: ShopQuery, orderKey: OrderKey): Promise<ShopOrder | undefined> => {
  const id = await orderIdOf(query, orderKey);
  return id === undefined
    ? undefined
    : first(query, 'order', [...totalFields, 'status'], { id }, orderSchema);
};

/**
 * Reads what Medusa has under an order key: a cart, or a collection without one. Undefined: nothing that could be paid
 * is there any more. Amounts are read from the `raw_` fields, which are exact.
 */
export const readPurchase = async (query: ShopQuery, orderKey: OrderKey): Promise<Purchase | undefined> => {
  const ofCart = await collectionOfCart(query, orderKey);
  const id = ofCart ?? orderKey;
  const cartFields = [...totalFields, 'completed_at'];
  const [collection, cart, order] = await Promise.all([
    first(query, 'payment_collection', collectionFields, { id }, collectionSchema),
    ofCart === undefined ? undefined : first(query, 'cart', cartFields, { id: orderKey }, cartSchema),
    orderOf(query, orderKey),
  ]);
  return collection && { cart: cart ?? null, collection: toCollection(collection), order: order ?? null };
};
