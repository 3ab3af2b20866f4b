import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

/** Leases of jobs that pg-boss keeps; a row lives as long as its job runs. */
export const jobLeasesMigration = ({ counter }: EngineColumns): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('job_leases')
      .addColumn('lease', counter.type, counter.build)
      .addColumn('job', 'uuid', (column) => column.notNull().unique())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('again_at', 'bigint')
      .execute();
    await db.schema.createIndex('job_leases_until').on('job_leases').column('until').execute();
  },
});
