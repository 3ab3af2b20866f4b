import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

/** Who may resolve the reviews of a store. Revoked ones stay: their names stand in resolutions. */
export const operatorsMigration = ({ sequence }: EngineColumns): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('operators')
      .addColumn('seq', sequence.type, sequence.build)
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('store', 'text', (column) => column.notNull().references('stores.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('operators_name')
      .unique()
      .on('operators')
      .columns(['store', 'name'])
      .where(sql.ref('revoked_at'), 'is', null)
      .execute();
    await db.schema.createIndex('operators_store').on('operators').columns(['store', 'seq']).execute();
  },
});
