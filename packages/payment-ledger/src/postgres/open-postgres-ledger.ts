import { checkOwnTables } from '../own-tables.ts';
import type { LedgerRefusal, OpenedSqlLedger } from '../sql-ledger.ts';
import { sqlPageChanges } from '../tables/page-changes.ts';
import { transactionOn } from '../tables/transaction.ts';
import { exportLedger } from '../transfer/export-ledger.ts';
import { importLedger } from '../transfer/import-ledger.ts';
import type { KeyRing } from '../vault/key-ring.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import { postgresEngine } from './engine.ts';
import { idList } from './id-list.ts';
import { bossJobStore } from './jobs/boss-job-store.ts';
import { bossJobQueue } from './jobs/job-queue.ts';
import { bossJobTable } from './jobs/job-table.ts';
import { openDatabase } from './open-database.ts';
import { restartSequences } from './sequences.ts';
import { type PostgresOptions, settingsOf } from './settings.ts';

/**
 * Opens or creates a ledger in a schema of a PostgreSQL database and brings its tables up to date; any number of
 * processes may have it open. With a key ring also its vault; the ring is proved against the ledger first.
 */
export const openPostgres = async (
  options: PostgresOptions & { readonly keys?: KeyRing },
): Promise<(OpenedSqlLedger & { readonly vault?: Vault }) | LedgerRefusal> => {
  const { tables, random, clock, onCommit } = options;
  if (tables !== undefined) checkOwnTables(tables);
  const settings = settingsOf(options);
  if (!settings.ok) return settings;
  const database = await openDatabase(settings, tables);
  if (!database.ok) return database;
  const { writers, readers, boss } = database;
  const engine = postgresEngine({ writers, readers, random, onCommit });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= engine.close().then(database.close);
    return closing;
  };
  const base = {
    ok: true,
    location: settings.location,
    ledger: { transact: (work) => engine.write((db) => work(transactionOn(db, bossJobTable(db, boss)))) },
    jobs: bossJobQueue(engine, boss),
    changes: sqlPageChanges(engine, idList),
    migrated: database.migrated,
    transfer: {
      export: (write) => exportLedger(engine, bossJobStore(boss), write),
      import: (lines) => importLedger(engine, bossJobStore(boss), lines, restartSequences),
    },
    close,
  } as const satisfies OpenedSqlLedger;
  if (options.keys === undefined) return base;

  const unlocked = await openVault({ engine, keys: options.keys, clock, random });
  if (unlocked.ok) return { ...base, vault: unlocked.vault };
  await close();
  return unlocked;
};
