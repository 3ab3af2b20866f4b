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
/** Texts are few, because values are bound; the bound is for lists of changing length. */
const MAX_STATEMENTS = 500;

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
    if (!readOnly) database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full; pragma trusted_schema = off');
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
