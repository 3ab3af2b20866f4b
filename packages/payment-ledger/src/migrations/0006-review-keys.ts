import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the item of a key, also when it was resolved. */
export const reviewKeysMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('reviews_key').on('reviews').columns(['store', 'key']).execute();
  },
};
