import { migrationsFor } from '../migrations/index.ts';
import { type Migrated, migrateSet, migrationFailed, ownMigrations } from '../migrations/migrate-set.ts';
import type { OwnTables } from '../own-tables.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import { sqliteColumns } from './columns.ts';
import type { SqliteConnection } from './connection.ts';
import { kyselyOn } from './dialect.ts';

/**
 * Brings the file up to this version, ours first, then the wrapper's, all in one transaction: a second process
 * that opens the file at the same time waits and then finds nothing to do.
 */
export const migrate = async (
  connection: SqliteConnection,
  tables: OwnTables | undefined,
): Promise<Migrated> => {
  const execute = async (statement: string): Promise<void> => {
    connection.execute(statement);
  };
  try {
    const applied = await kyselyOn<LedgerSchema>(connection)
      .transaction()
      .execute(async (db) => [
        ...(await migrateSet(db, 'gatewright', migrationsFor(sqliteColumns))),
        ...(tables === undefined ? [] : await migrateSet(db, tables.name, ownMigrations(tables, execute))),
      ]);
    return { ok: true, applied };
  } catch (error) {
    return migrationFailed(error);
  }
};
