import type pg from 'pg';
import type { OwnTables } from '../own-tables.ts';
import type { LedgerRefusal } from '../sql-ledger.ts';
import { type Boss, startBoss } from './jobs/boss.ts';
import { migrate, underMigrationLock } from './migrate.ts';
import { openPool } from './pool.ts';
import type { PostgresSettings } from './settings.ts';

export interface OpenedDatabase {
  readonly ok: true;
  readonly writers: pg.Pool;
  readonly readers: pg.Pool;
  readonly boss: Boss;
  readonly migrated: readonly string[];
  close(): Promise<void>;
}

/** Look-ups beside transactions, and pg-boss's own upkeep. */
const READERS = 4;

/** Connects, and brings the ledger's tables and pg-boss up to date while no other process does. */
export const openDatabase = async (
  settings: PostgresSettings,
  tables: OwnTables | undefined,
): Promise<OpenedDatabase | LedgerRefusal> => {
  const writers = openPool(settings);
  const readers = openPool({ ...settings, connections: READERS });
  const end = async (): Promise<void> => {
    await Promise.all([writers.end(), readers.end()]);
  };
  const prepared = await prepare(settings, writers, readers, tables);
  if (!prepared.ok) {
    await end();
    return prepared;
  }
  const { boss, migrated } = prepared;
  const close = async (): Promise<void> => {
    await boss.stop();
    await end();
  };
  return { ok: true, writers, readers, boss, migrated, close };
};

type Prepared =
  | { readonly ok: true; readonly boss: Boss; readonly migrated: readonly string[] }
  | LedgerRefusal;

const prepare = async (
  settings: PostgresSettings,
  writers: pg.Pool,
  readers: pg.Pool,
  tables: OwnTables | undefined,
): Promise<Prepared> => {
  const { schema, location } = settings;
  try {
    return await underMigrationLock(writers, async (client): Promise<Prepared> => {
      const migrated = await migrate(client, schema, tables);
      if (!migrated.ok) {
        const { reason } = migrated;
        return { ok: false, reason, message: migrationMessage(location, reason, migrated.detail) };
      }
      const boss = await startBoss({ ...settings, pool: readers });
      return { ok: true, boss, migrated: migrated.applied };
    });
  } catch (error) {
    const message = `The ledger ${location} cannot be opened: ${wordsOf(error)}. Check that the server runs, that the database exists, and that this user may create tables in it.`;
    return { ok: false, reason: 'cannot-open', message };
  }
};

/** Where a host has several addresses, the error of each stands in a list and the text is empty. */
const wordsOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};

const migrationMessage = (location: string, reason: string, detail: string): string =>
  reason === 'newer-schema'
    ? `The ledger ${location} was written by a newer version of Gatewright (${detail}). Install that version again; an older one would not understand the data.`
    : `The tables of the ledger ${location} could not be brought up to date: ${detail}. Nothing was changed.`;
