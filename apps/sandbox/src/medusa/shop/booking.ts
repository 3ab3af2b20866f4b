import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';

const bookedOrders = `select count(*)::int as orders from order_cart c
  join order_payment_collection o on o.order_id = c.order_id
  join payment p on p.payment_collection_id = o.payment_collection_id
  where c.cart_id = $1 and p.captured_at is not null`;

export const hasOrder = async (client: pg.Client, cart: string): Promise<boolean> => {
  const { rowCount } = await client.query('select 1 from order_cart where cart_id = $1', [cart]);
  return rowCount === 1;
};

/** Whether Medusa holds a payment for the cart, captured or not. */
export const hasPayment = async (client: pg.Client, cart: string): Promise<boolean> => {
  const { rows } = await client.query(
    `select 1 from payment p join cart_payment_collection c on c.payment_collection_id = p.payment_collection_id
      where c.cart_id = $1`,
    [cart],
  );
  return rows.length > 0;
};

const longestMs = 60_000;

/** Milliseconds until the order of a cart is there and paid. @throws Error after a minute */
export const untilPaid = async (client: pg.Client, cart: string): Promise<number> => {
  const started = performance.now();
  while (performance.now() - started < longestMs) {
    const { rows } = await client.query<{ orders: number }>(bookedOrders, [cart]);
    if ((rows[0]?.orders ?? 0) > 0) return performance.now() - started;
    await wait(5);
  }
  throw new Error(`no paid order of ${cart} within a minute`);
};
