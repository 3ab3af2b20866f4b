import type { PageRow, PageTable } from '@gatewright/payment-core';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { moneyFromText, moneyText } from './money-text.ts';
import type { LedgerSchema, PagesTable } from './schema.ts';

const pageColumns = (row: PageRow): Omit<Insertable<PagesTable>, 'revision'> => ({
  id: row.id,
  store: row.store,
  order_key: row.orderKey,
  order_number: row.orderNumber,
  amount: moneyText(row.amount),
  description: row.description,
  return_url: row.returnUrl,
  cancel_url: row.cancelUrl,
  customer_email: row.customerEmail,
  locale: row.locale,
  account: row.account,
  method: row.method,
  order_deadline: row.orderDeadline,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
});

const pageRow = (row: Selectable<PagesTable>): PageRow => ({
  id: row.id,
  store: row.store,
  orderKey: row.order_key,
  orderNumber: row.order_number,
  amount: moneyFromText(row.amount),
  description: row.description,
  returnUrl: row.return_url,
  cancelUrl: row.cancel_url,
  customerEmail: row.customer_email,
  locale: row.locale,
  account: row.account,
  method: row.method,
  orderDeadline: row.order_deadline,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const pageTable = (db: Kysely<LedgerSchema>): PageTable => {
  const byId: PageTable['byId'] = async (id) => {
    const row = await db.selectFrom('pages').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : pageRow(row);
  };

  return {
    byId,

    async insert(row) {
      // PostgreSQL finds an order for two transactions that insert one id only when both have looked for it.
      if (await byId(row.id)) throw new Error(`ledger: page ${row.id} is there already`);
      await db
        .insertInto('pages')
        .values({ ...pageColumns(row), revision: 0 })
        .execute();
    },

    async update(row) {
      const { numUpdatedRows } = await db
        .updateTable('pages')
        .set({ ...pageColumns(row), revision: sql`revision + 1` })
        .where('id', '=', row.id)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Error(`ledger: no page ${row.id}`);
    },

    async ofOrder(store, orderKey) {
      const rows = await db
        .selectFrom('pages')
        .selectAll()
        .where('store', '=', store)
        .where('order_key', '=', orderKey)
        .orderBy('seq')
        .execute();
      return rows.map(pageRow);
    },
  };
};
