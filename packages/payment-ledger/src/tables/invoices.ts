import type { Invoice, InvoiceTable } from '@gatewright/payment-core';
import type { Insertable, Kysely, Selectable } from 'kysely';
import { invoiceColumns, invoiceFromColumns } from './invoice-columns.ts';
import { prepared } from './prepared.ts';
import type { InvoicesTable, LedgerSchema } from './schema.ts';

type Columns = Insertable<InvoicesTable>;

const insertNew = prepared((db, invoice: Columns) =>
  db
    .insertInto('invoices')
    .values(invoice)
    .onConflict((conflict) => conflict.column('attempt_key').doNothing()),
);

const updateVersion = prepared((db, { next_version, ...invoice }: Columns & { next_version: number }) =>
  db
    .updateTable('invoices')
    .set({ ...invoice, version: next_version })
    .where('id', '=', invoice.id)
    .where('version', '=', invoice.version),
);

const selectById = prepared((db, { id }: Pick<Columns, 'id'>) =>
  db.selectFrom('invoices').selectAll().where('id', '=', id),
);

const selectByPayment = prepared((db, { account, payment }: Pick<Columns, 'account'> & { payment: string }) =>
  db
    .selectFrom('invoices')
    .selectAll()
    .where('account', '=', account)
    .where('gateway_payment_id', '=', payment),
);

const selectByReference = prepared((db, { account, reference }: Pick<Columns, 'account' | 'reference'>) =>
  db.selectFrom('invoices').selectAll().where('account', '=', account).where('reference', '=', reference),
);

const selectOfOrder = prepared((db, { store, order_key }: Pick<Columns, 'store' | 'order_key'>) =>
  db
    .selectFrom('invoices')
    .selectAll()
    .where('store', '=', store)
    .where('order_key', '=', order_key)
    .orderBy('created_at')
    .orderBy('seq'),
);

const found = ({
  rows: [row],
}: {
  readonly rows: readonly Selectable<InvoicesTable>[];
}): Invoice | undefined => (row === undefined ? undefined : invoiceFromColumns(row));

export const invoiceTable = (db: Kysely<LedgerSchema>): InvoiceTable => ({
  async insert(invoice) {
    const { numAffectedRows } = await insertNew(db, invoiceColumns(invoice));
    return numAffectedRows === 1n;
  },

  async update(next) {
    const values = { ...invoiceColumns(next), next_version: next.version + 1 };
    const { numAffectedRows } = await updateVersion(db, values);
    return numAffectedRows === 1n;
  },

  byId: async (id) => found(await selectById(db, { id })),

  byGatewayPaymentId: async (account, gatewayPaymentId) =>
    found(await selectByPayment(db, { account, payment: gatewayPaymentId })),

  byReference: async (account, reference) => found(await selectByReference(db, { account, reference })),

  async ofOrder(store, orderKey) {
    const { rows } = await selectOfOrder(db, { store, order_key: orderKey });
    return rows.map(invoiceFromColumns);
  },

  async leaseDue(account, now, leaseUntil, limit) {
    const rows = await db
      .selectFrom('invoices')
      .selectAll()
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
});
