import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

/** Jobs of the local runner. Finished ones are removed, dead ones stay. */
export const localJobsMigration = ({ counter }: EngineColumns): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('jobs')
      .addColumn('n', counter.type, counter.build)
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('leased', 'integer', (column) => column.notNull())
      .addColumn('lease', 'bigint', (column) => column.notNull())
      .addColumn('again_at', 'bigint')
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('note', 'text')
      .addColumn('dead_reason', 'text')
      .execute();
    await db.schema
      .createIndex('jobs_key')
      .unique()
      .on('jobs')
      .column('key')
      .where(sql.ref('dead_reason'), 'is', null)
      .execute();
    await db.schema
      .createIndex('jobs_due')
      .on('jobs')
      .columns(['due_at', 'n'])
      .where(sql.ref('dead_reason'), 'is', null)
      .execute();
    await db.schema
      .createIndex('jobs_dead')
      .on('jobs')
      .column('n')
      .where(sql.ref('dead_reason'), 'is not', null)
      .execute();
  },
});
