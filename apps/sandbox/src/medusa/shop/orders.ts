import * as z from 'zod';
import type { JsonClient } from '../server/json-client.ts';
import { AnswerError } from '../server/json-client.ts';

const part = z.object({ amount: z.number() });
const payment = z.object({
  id: z.string(),
  amount: z.number(),
  captures: z.array(part).nullish(),
  refunds: z.array(part).nullish(),
});
const order = z.object({
  id: z.string(),
  status: z.string(),
  payment_status: z.string(),
  cart: z.object({ id: z.string() }).nullish(),
  payment_collections: z.array(z.object({ payments: z.array(payment).nullish() })).nullish(),
});
export type ShopOrder = z.output<typeof order>;
export type ShopPayment = z.output<typeof payment>;

const fields = [
  'id',
  'status',
  'payment_status',
  'cart.id',
  'payment_collections.payments.id',
  'payment_collections.payments.amount',
  'payment_collections.payments.captures.amount',
  'payment_collections.payments.refunds.amount',
].join(',');

/** A run has some hundred orders, and only the youngest are asked for. */
const orders = `/admin/orders?order=-created_at&limit=20&fields=${fields}`;

/** Every order that was made of a cart: one, or none. */
export const ordersOf = async (merchant: JsonClient, cartId: string): Promise<readonly ShopOrder[]> => {
  const read = await merchant.get(orders, z.object({ orders: z.array(order) }));
  return read.orders.filter(({ cart }) => cart?.id === cartId);
};

export const paymentsOf = ({ payment_collections }: ShopOrder): readonly ShopPayment[] =>
  (payment_collections ?? []).flatMap(({ payments }) => payments ?? []);

/** Of captures or refunds, in cents: the demo's amounts have two decimals. */
const sum = (parts: readonly { readonly amount: number }[]): number =>
  parts.reduce((cents, { amount }) => cents + Math.round(amount * 100), 0);

export const bookedCents = (of: ShopOrder) => {
  const payments = paymentsOf(of);
  const captures = payments.flatMap((each) => each.captures ?? []);
  return {
    captures: captures.length,
    captured: sum(captures),
    refunded: sum(payments.flatMap((each) => each.refunds ?? [])),
  };
};

export type Deed = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** What an admin's click came to; a refusal is an answer, not an error. */
export const attempt = async (click: () => Promise<unknown>): Promise<Deed> => {
  try {
    await click();
    return { ok: true };
  } catch (error) {
    if (error instanceof AnswerError) return { ok: false, message: error.message };
    throw error;
  }
};
