import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whose turn it is. A row lives as long as a turn; one whose holder died stays until somebody takes the name again. */
export const leasesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
