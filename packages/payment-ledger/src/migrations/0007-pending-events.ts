import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finds the events of a payment that wait to be applied. They are few, so the indexes are small. */
export const pendingEventsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const name of ['gateway_payment_id', 'reference']) {
      await db.schema
        .createIndex(`inbox_pending_${name}`)
        .on('inbox')
        .columns(['account', name])
        .where(sql.ref('state'), '=', 'pending')
        .execute();
    }
  },
};
