import type { Invoice, InvoiceTable } from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import { invoiceColumns, invoiceFromColumns } from './invoice-columns.ts';
import type { InvoicesTable, LedgerSchema } from './schema.ts';

const found = (row: Selectable<InvoicesTable> | undefined): Invoice | undefined =>
  row === undefined ? undefined : invoiceFromColumns(row);

export const invoiceTable = (db: Kysely<LedgerSchema>): InvoiceTable => {
  const invoices = db.selectFrom('invoices').selectAll();

  return {
    async insert(invoice) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('invoices')
        .values(invoiceColumns(invoice))
        .onConflict((conflict) => conflict.column('attempt_key').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async update(next) {
      const { numUpdatedRows } = await db
        .updateTable('invoices')
        .set({ ...invoiceColumns(next), version: next.version + 1 })
        .where('id', '=', next.id)
        .where('version', '=', next.version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    byId: async (id) => found(await invoices.where('id', '=', id).executeTakeFirst()),

    byGatewayPaymentId: async (account, gatewayPaymentId) =>
      found(
        await invoices
          .where('account', '=', account)
          .where('gateway_payment_id', '=', gatewayPaymentId)
          .executeTakeFirst(),
      ),

    byReference: async (account, reference) =>
      found(
        await invoices.where('account', '=', account).where('reference', '=', reference).executeTakeFirst(),
      ),

    async ofOrder(store, orderKey) {
      const rows = await invoices
        .where('store', '=', store)
        .where('order_key', '=', orderKey)
        .orderBy('created_at')
        .orderBy('seq')
        .execute();
      return rows.map(invoiceFromColumns);
    },

    async leaseDue(account, now, leaseUntil, limit) {
      const rows = await invoices
        .where('account', '=', account)
        .where('next_read_at', '<=', now)
        .orderBy('next_read_at')
        .orderBy('seq')
        .limit(limit)
        .execute();
      for (const { seq } of rows) {
        await db.updateTable('invoices').set({ next_read_at: leaseUntil }).where('seq', '=', seq).execute();
      }
      return rows.map((row) => invoiceFromColumns({ ...row, next_read_at: leaseUntil }));
    },

    async accountsDue(now, limit) {
      // The limit keeps the inner query whole: it walks what is due, not every invoice that is watched.
      const due = db
        .selectFrom('invoices')
        .select(['account', 'next_read_at'])
        .where('next_read_at', '<=', now)
        .orderBy('next_read_at')
        .limit(1_000_000)
        .as('due');
      const rows = await db
        .selectFrom(due)
        .select(({ fn }) => ['account', fn.min('next_read_at').as('longest_due')])
        .groupBy('account')
        .orderBy('longest_due')
        .orderBy('account')
        .limit(limit)
        .execute();
      return rows.map((row) => row.account);
    },
  };
};
