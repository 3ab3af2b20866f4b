import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import { movedTableNames, movedTables } from '../transfer/tables.ts';

/** Rows that brought their own numbers leave the sequences where they were: the next row would collide. */
export const restartSequences = async (db: Kysely<LedgerSchema>): Promise<void> => {
  for (const table of movedTableNames) {
    const key: readonly string[] = movedTables[table];
    if (!key.includes('seq')) continue;
    await sql`
      select setval(pg_get_serial_sequence(${table}, 'seq'), coalesce(max(seq), 0) + 1, false)
      from ${sql.table(table)}`.execute(db);
  }
};
