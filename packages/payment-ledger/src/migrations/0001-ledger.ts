import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

type Db = Kysely<unknown>;

const createInvoices = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('invoices')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('attempt_key', 'text', (column) => column.notNull().unique())
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('order_key', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('method', 'text')
    .addColumn('n', 'bigint', (column) => column.notNull())
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('exceptions', 'text', (column) => column.notNull())
    .addColumn('order_money', 'text', (column) => column.notNull())
    .addColumn('quoted', 'text')
    .addColumn('payable', 'text')
    .addColumn('rate', 'text')
    .addColumn('valuation', 'text')
    .addColumn('received', 'text')
    .addColumn('payment_records', 'text', (column) => column.notNull())
    .addColumn('transaction_ref', 'text')
    .addColumn('confirmations', 'text')
    .addColumn('gateway_payment_id', 'text')
    .addColumn('pay_url', 'text')
    .addColumn('address', 'text')
    .addColumn('ambiguous', 'integer', (column) => column.notNull())
    .addColumn('superseded', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('monitor_until', 'bigint', (column) => column.notNull())
    .addColumn('first_receipt_at', 'bigint')
    .addColumn('settled_at', 'bigint')
    .addColumn('last_read_at', 'bigint')
    .addColumn('next_read_at', 'bigint')
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await indexInvoices(db);
};

const indexInvoices = async (db: Db): Promise<void> => {
  // Unknown payment ids are null, and nulls never collide.
  await db.schema
    .createIndex('invoices_payment')
    .unique()
    .on('invoices')
    .columns(['account', 'gateway_payment_id'])
    .execute();
  await db.schema
    .createIndex('invoices_reference')
    .unique()
    .on('invoices')
    .columns(['account', 'reference'])
    .execute();
  await db.schema
    .createIndex('invoices_order')
    .on('invoices')
    .columns(['store', 'order_key', 'created_at', 'seq'])
    .execute();
  await db.schema
    .createIndex('invoices_due')
    .on('invoices')
    .columns(['account', 'next_read_at'])
    .where(sql.ref('next_read_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('invoices_due_accounts')
    .on('invoices')
    .columns(['next_read_at', 'account'])
    .where(sql.ref('next_read_at'), 'is not', null)
    .execute();
};

const createInbox = async (db: Db, { sequence, bytes }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('inbox')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('headers', 'text', (column) => column.notNull())
    .addColumn('body', bytes, (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('dedupe_key', 'text', (column) => column.notNull())
    .addColumn('gateway_payment_id', 'text')
    .addColumn('reference', 'text')
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .execute();
  for (const name of ['gateway_payment_id', 'reference']) {
    await db.schema
      .createIndex(`inbox_unmatched_${name}`)
      .on('inbox')
      .columns(['account', name])
      .where(sql.ref('state'), '=', 'unmatched')
      .execute();
  }
  await db.schema
    .createTable('facts')
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('invoice', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('facts_key', ['account', 'event_key', 'invoice'])
    .execute();
};

const createOrders = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('claims')
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('order_key', 'text', (column) => column.notNull())
    .addColumn('claim', 'text', (column) => column.notNull())
    .addColumn('invoice', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('claims_key', ['store', 'order_key'])
    .execute();
  await db.schema
    .createTable('orders')
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('order_key', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('total', 'text', (column) => column.notNull())
    .addColumn('deadline', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('orders_key', ['store', 'order_key'])
    .execute();
  await db.schema
    .createTable('instructions')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('order_key', 'text', (column) => column.notNull())
    .addColumn('invoice', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('claim', 'text')
    .addColumn('transaction_ref', 'text')
    .addColumn('expected', 'text')
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('instructions_order')
    .on('instructions')
    .columns(['store', 'order_key', 'seq'])
    .execute();
};

const createReviews = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('reviews')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('account', 'text')
    .addColumn('invoice', 'text')
    .addColumn('order_key', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('resolved_by', 'text')
    .addColumn('resolved_reason', 'text')
    .addColumn('decision', 'text')
    .addColumn('resolved_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('reviews_open_key')
    .unique()
    .on('reviews')
    .columns(['store', 'key'])
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
  for (const [name, operator] of [
    ['reviews_open', 'is'],
    ['reviews_resolved', 'is not'],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on('reviews')
      .columns(['store', 'opened_at', 'seq'])
      .where(sql.ref('resolved_at'), operator, null)
      .execute();
  }
  await db.schema
    .createTable('history')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('invoice', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('history_invoice').on('history').columns(['invoice', 'seq']).execute();
};

const createRefunds = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('refunds')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('store', 'text', (column) => column.notNull())
    .addColumn('invoice', 'text', (column) => column.notNull())
    .addColumn('refund_id', 'text', (column) => column.notNull())
    .addColumn('order_amount', 'text', (column) => column.notNull())
    .addColumn('gateway_amount', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('gateway_refund_id', 'text')
    .addColumn('answer', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('refunds_key', ['invoice', 'refund_id'])
    .execute();
  await db.schema
    .createIndex('refunds_unresolved')
    .unique()
    .on('refunds')
    .column('invoice')
    .where(sql.ref('state'), 'in', ['sending', 'unknown'])
    .execute();
  await db.schema.createIndex('refunds_invoice').on('refunds').columns(['invoice', 'seq']).execute();
};

/** What the core's port keeps: invoices, inbox, facts, claims, orders, instructions, reviews, history, refunds. */
export const ledgerMigration = (columns: EngineColumns): Migration => ({
  async up(db: Db) {
    await createInvoices(db, columns);
    await createInbox(db, columns);
    await createOrders(db, columns);
    await createReviews(db, columns);
    await createRefunds(db, columns);
  },
});
