import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds what waits for a person about one order, however much waits about others. */
export const reviewsOfOrderMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('reviews_open_order')
      .on('reviews')
      .columns(['store', 'order_key', 'opened_at', 'seq'])
      .where(sql.ref('resolved_at'), 'is', null)
      .execute();
  },
};
