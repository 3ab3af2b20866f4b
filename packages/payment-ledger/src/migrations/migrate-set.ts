import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { OwnTables } from '../own-tables.ts';
import type { LedgerSchema } from '../tables/schema.ts';

export type Migrated =
  | { readonly ok: true; readonly applied: readonly string[] }
  | { readonly ok: false; readonly reason: 'newer-schema' | 'migration-failed'; readonly detail: string };

/** Runs what is missing of one set inside the caller's transaction. @throws what a migration throws */
export const migrateSet = async (
  db: Kysely<LedgerSchema>,
  name: string,
  migrations: Record<string, Migration>,
  schema?: string,
): Promise<string[]> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: `${name}_migrations`,
    migrationLockTableName: `${name}_migrations_lock`,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map((result) => result.migrationName);
};

/** A wrapper's statements as migrations; `execute` runs one in the transaction of the migration. */
export const ownMigrations = (
  tables: OwnTables,
  execute: (statement: string) => Promise<void>,
): Record<string, Migration> =>
  Object.fromEntries(
    tables.migrations.map(({ name, statements }, i) => [
      // The migrator sorts by name; the wrapper's order counts.
      `${String(i + 1).padStart(4, '0')}-${name}`,
      {
        up: async () => {
          for (const statement of statements) await execute(statement);
        },
      },
    ]),
  );

export const migrationFailed = (error: unknown): Migrated => {
  const detail = error instanceof Error ? error.message : String(error);
  // The migrator's own words for a ledger that a later version has written.
  const newer = detail.includes('previously executed migration');
  return { ok: false, reason: newer ? 'newer-schema' : 'migration-failed', detail };
};
