import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { migrationsFor } from '../migrations/index.ts';
import type { OwnTables } from '../own-tables.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import { sqliteColumns } from './columns.ts';
import type { SqliteConnection } from './connection.ts';
import { kyselyOn } from './dialect.ts';

export type Migrated =
  | { readonly ok: true; readonly applied: readonly string[] }
  | { readonly ok: false; readonly reason: 'newer-schema' | 'migration-failed'; readonly detail: string };

/**
 * Brings the file up to this version, ours first, then the wrapper's, all in one transaction: a second process
 * that opens the file at the same time waits and then finds nothing to do.
 */
export const migrate = async (
  connection: SqliteConnection,
  tables: OwnTables | undefined,
): Promise<Migrated> => {
  try {
    const applied = await kyselyOn<LedgerSchema>(connection)
      .transaction()
      .execute(async (db) => [
        ...(await migrateSet(db, 'gatewright', migrationsFor(sqliteColumns))),
        ...(tables === undefined ? [] : await migrateSet(db, tables.name, ownMigrations(connection, tables))),
      ]);
    return { ok: true, applied };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    // The migrator's own words for a file that a later version has written.
    const newer = detail.includes('previously executed migration');
    return { ok: false, reason: newer ? 'newer-schema' : 'migration-failed', detail };
  }
};

const migrateSet = async (
  db: Kysely<LedgerSchema>,
  name: string,
  migrations: Record<string, Migration>,
): Promise<string[]> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: `${name}_migrations`,
    migrationLockTableName: `${name}_migrations_lock`,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map((result) => result.migrationName);
};

const ownMigrations = (connection: SqliteConnection, tables: OwnTables): Record<string, Migration> =>
  Object.fromEntries(
    tables.migrations.map(({ name, statements }, i) => [
      // The migrator sorts by name; the wrapper's order counts.
      `${String(i + 1).padStart(4, '0')}-${name}`,
      {
        up: async () => {
          for (const statement of statements) connection.execute(statement);
        },
      },
    ]),
  );
