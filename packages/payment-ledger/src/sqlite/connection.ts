import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export interface Executed {
  readonly rows: readonly Record<string, SQLOutputValue>[];
  readonly changes: bigint;
}

/** One synchronous connection. */
export interface SqliteConnection {
  execute(text: string, parameters?: readonly SQLInputValue[]): Executed;
  /** False also after SQLite has rolled back by itself (disk full, I/O error). */
  readonly inTransaction: boolean;
  /** May be called again. */
  close(): void;
}

/** How long a statement waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000;
/** Tries at the write-ahead log, with the wait of each and the pause after it: together about the timeout above. */
const WAL_TRIES = 80;
const WAL_BUSY_TIMEOUT_MS = 100;
const WAL_PAUSE_MS = 25;
/** Texts are few, because values are bound; the bound is for lists of changing length. */
const MAX_STATEMENTS = 500;

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 255) === 5;

/**
 * Of two processes that ask for it at the same time, both reading the file, SQLite refuses one at once instead of
 * letting it wait: each would wait for the other.
 */
const useWriteAheadLog = (database: DatabaseSync): void => {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  database.exec(`pragma busy_timeout = ${WAL_BUSY_TIMEOUT_MS}`);
  for (let tries = 1; ; tries += 1) {
    try {
      database.exec('pragma journal_mode = wal');
      database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
      return;
    } catch (error) {
      if (!isBusy(error) || tries >= WAL_TRIES) throw error;
      Atomics.wait(nobody, 0, 0, WAL_PAUSE_MS);
    }
  }
};

/**
 * Opens the file with a write-ahead log and an fsync per commit.
 * @throws Error of node:sqlite when the file cannot be opened or is no database.
 */
export const openConnection = (
  path: string,
  { readOnly }: { readonly readOnly: boolean },
): SqliteConnection => {
  const database = new DatabaseSync(path, {
    readOnly,
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
  });
  try {
    if (!readOnly) useWriteAheadLog(database);
    // What a savepoint keeps of the pages it changes would else go through a file, one page after the other.
    database.exec('pragma synchronous = full; pragma trusted_schema = off; pragma temp_store = memory');
  } catch (error) {
    database.close();
    throw error;
  }
  const prepared = new Map<string, { readonly statement: StatementSync; readonly answers: boolean }>();

  const prepare = (text: string) => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (prepared.size >= MAX_STATEMENTS) prepared.clear();
    const statement = database.prepare(text);
    const fresh = { statement, answers: statement.columns().length > 0 };
    prepared.set(text, fresh);
    return fresh;
  };

  return {
    execute(text, parameters = []) {
      const { statement, answers } = prepare(text);
      if (answers) return { rows: statement.all(...parameters), changes: 0n };
      return { rows: [], changes: BigInt(statement.run(...parameters).changes) };
    },
    get inTransaction() {
      return database.isTransaction;
    },
    close() {
      prepared.clear();
      if (database.isOpen) database.close();
    },
  };
};
