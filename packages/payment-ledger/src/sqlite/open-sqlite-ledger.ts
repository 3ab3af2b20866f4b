import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { sqlJobQueue } from '../jobs/job-queue.ts';
import { localJobStore } from '../jobs/local-job-store.ts';
import { checkOwnTables, type OwnTables } from '../own-tables.ts';
import type { LedgerParts, LedgerRefusal, OpenedSqlLedger } from '../sql-ledger.ts';
import { jobTable } from '../tables/jobs.ts';
import { sqlPageChanges } from '../tables/page-changes.ts';
import { transactionOn } from '../tables/transaction.ts';
import { exportLedger } from '../transfer/export-ledger.ts';
import { importLedger } from '../transfer/import-ledger.ts';
import type { KeyRing } from '../vault/key-ring.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { sqliteEngine } from './engine.ts';
import { createGroupCommit } from './group-commit.ts';
import { idList } from './id-list.ts';
import { migrate } from './migrate.ts';

export interface SqliteOptions extends LedgerParts {
  readonly path: string;
}

type WithKeys = { readonly keys: KeyRing };

/**
 * Opens or creates a ledger in one SQLite file and brings its tables up to date. With a key ring also its vault;
 * the ring is proved against the file first.
 */
export function openSqliteLedger(
  options: SqliteOptions & WithKeys,
): Promise<(OpenedSqlLedger & { readonly vault: Vault }) | LedgerRefusal>;
export function openSqliteLedger(options: SqliteOptions): Promise<OpenedSqlLedger | LedgerRefusal>;
export async function openSqliteLedger(
  options: SqliteOptions & Partial<WithKeys>,
): Promise<(OpenedSqlLedger & { readonly vault?: Vault }) | LedgerRefusal> {
  if (options.tables !== undefined) checkOwnTables(options.tables);
  const path = resolve(options.path);
  const opened = await openFile(path, options.tables);
  if (!opened.ok) return opened;
  const { writer, reader, applied } = opened;
  const group = createGroupCommit({ connection: writer, onCommit: options.onCommit });
  const engine = sqliteEngine(writer, reader, group);
  const close = async (): Promise<void> => {
    await group.close();
    reader.close();
    writer.close();
  };
  const base = {
    ok: true,
    location: `sqlite:${path}`,
    ledger: { transact: (work) => engine.write((db) => work(transactionOn(db, jobTable(db)))) },
    jobs: sqlJobQueue(engine),
    changes: sqlPageChanges(engine, idList),
    migrated: applied,
    transfer: {
      export: (write) => exportLedger(engine, localJobStore, write),
      import: (lines) => importLedger(engine, localJobStore, lines, async () => undefined),
    },
    close,
  } as const satisfies OpenedSqlLedger;
  if (options.keys === undefined) return base;

  const unlocked = await openVault({
    engine,
    keys: options.keys,
    clock: options.clock,
    random: options.random,
  });
  if (unlocked.ok) return { ...base, vault: unlocked.vault };
  await close();
  return unlocked;
}

type OpenedFile =
  | {
      readonly ok: true;
      readonly writer: SqliteConnection;
      readonly reader: SqliteConnection;
      readonly applied: readonly string[];
    }
  | LedgerRefusal;

const openFile = async (path: string, tables: OwnTables | undefined): Promise<OpenedFile> => {
  const connections: SqliteConnection[] = [];
  const refuse = (reason: LedgerRefusal['reason'], message: string): LedgerRefusal => {
    for (const connection of connections) connection.close();
    return { ok: false, reason, message };
  };
  try {
    // Sealed secrets and shoppers' payments: nobody else on the machine reads them. The log files inherit the mode.
    closeSync(openSync(path, 'a', 0o600));
    const writer = openConnection(path, { readOnly: false });
    connections.push(writer);
    const migrated = await migrate(writer, tables);
    if (!migrated.ok) return refuse(migrated.reason, migrationMessage(path, migrated));
    const reader = openConnection(path, { readOnly: true });
    return { ok: true, writer, reader, applied: migrated.applied };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse(
      'cannot-open',
      `The ledger file ${path} cannot be opened: ${detail}. Check that its folder exists and is writable, and that the file is a Gatewright ledger.`,
    );
  }
};

const migrationMessage = (path: string, { reason, detail }: { reason: string; detail: string }): string =>
  reason === 'newer-schema'
    ? `The ledger file ${path} was written by a newer version of Gatewright (${detail}). Install that version again; an older one would not understand the data.`
    : `The tables of the ledger file ${path} could not be brought up to date: ${detail}. Nothing was changed.`;
