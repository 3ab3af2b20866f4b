import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

/** What checkouts asked for, so that a shopper's page outlives any one attempt. */
export const pagesMigration = ({ sequence }: EngineColumns): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pages')
      .addColumn('seq', sequence.type, sequence.build)
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('store', 'text', (column) => column.notNull())
      .addColumn('order_key', 'text', (column) => column.notNull())
      .addColumn('order_number', 'text', (column) => column.notNull())
      .addColumn('amount', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('return_url', 'text', (column) => column.notNull())
      .addColumn('cancel_url', 'text', (column) => column.notNull())
      .addColumn('customer_email', 'text')
      .addColumn('locale', 'text')
      .addColumn('account', 'text')
      .addColumn('method', 'text')
      .addColumn('order_deadline', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('pages_order').on('pages').columns(['store', 'order_key', 'seq']).execute();
  },
});
