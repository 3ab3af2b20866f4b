import {
  accountIdSchema,
  currencyCodeSchema,
  decimalSchema,
  type OrderKey,
  orderKeySchema,
  type PageId,
  pageIdSchema,
} from '@gatewright/payment-core';
import type { SqlRow, SqlTransaction } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { SessionRow } from './session-book.ts';

const rowSchema = z
  .object({
    id: z.string(),
    account: accountIdSchema,
    cart: z.string().nullable(),
    collection: z.string(),
    order_key: orderKeySchema,
    page: pageIdSchema,
    amount: decimalSchema,
    currency: currencyCodeSchema,
    timing: z.enum(['before_payment', 'after_payment']),
    state: z.enum(['living', 'gone']),
    created_at: z.coerce.number(),
    updated_at: z.coerce.number(),
  })
  .transform(
    (row): SessionRow => ({
      id: row.id,
      account: row.account,
      cart: row.cart,
      collection: row.collection,
      orderKey: row.order_key,
      page: row.page,
      amount: { amount: row.amount, currency: row.currency },
      timing: row.timing,
      state: row.state,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }),
  );

const rowOf = (row: SqlRow): SessionRow => rowSchema.parse(row);

/** The sessions inside a transaction of the ledger. */
export interface SessionTable {
  byId(id: string): Promise<SessionRow | undefined>;
  byPage(page: PageId): Promise<SessionRow | undefined>;
  /** Oldest first, the gone ones too. */
  ofOrder(orderKey: OrderKey): Promise<readonly SessionRow[]>;
  put(row: SessionRow): Promise<void>;
  /** False: there is no living session of that id. */
  markGone(id: string, at: number): Promise<boolean>;
}

export const sessionsIn = ({ sql }: Pick<SqlTransaction, 'sql'>): SessionTable => ({
  async byId(id) {
    const [row] = await sql`select * from medusa_sessions where id = ${id}`;
    return row && rowOf(row);
  },
  async byPage(page) {
    const [row] = await sql`select * from medusa_sessions where page = ${page}`;
    return row && rowOf(row);
  },
  async ofOrder(orderKey) {
    const rows =
      await sql`select * from medusa_sessions where order_key = ${orderKey} order by created_at, id`;
    return rows.map(rowOf);
  },
  async put(row) {
    const { amount, currency } = row.amount;
    await sql`insert into medusa_sessions
      (id, account, cart, collection, order_key, page, amount, currency, timing, state, created_at, updated_at)
      values (${row.id}, ${row.account}, ${row.cart}, ${row.collection}, ${row.orderKey}, ${row.page}, ${amount},
        ${currency}, ${row.timing}, ${row.state}, ${row.createdAt}, ${row.updatedAt})
      on conflict (id) do update set account = excluded.account, cart = excluded.cart,
        collection = excluded.collection, order_key = excluded.order_key, page = excluded.page,
        amount = excluded.amount, currency = excluded.currency, timing = excluded.timing, state = excluded.state,
        updated_at = excluded.updated_at`;
  },
  async markGone(id, at) {
    const rows = await sql`update medusa_sessions set state = 'gone', updated_at = ${at}
      where id = ${id} and state = 'living' returning id`;
    return rows.length > 0;
  },
});
