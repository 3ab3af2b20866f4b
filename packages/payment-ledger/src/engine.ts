import type { ColumnDefinitionBuilderCallback, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { LedgerSchema } from './tables/schema.ts';

/** What the queries need from a database engine; one folder per engine implements it. */
export interface Engine {
  /** One transaction, durable before it resolves; a thrown error rolls it back, and no other one. */
  write<T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T>;
  /** Committed rows only. */
  read<T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T>;
  /** Reads one state of the ledger, however long that takes. */
  snapshot<T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T>;
  /** One transaction that may take long and runs once, whatever meets it: for a ledger that nobody else uses. */
  bulk<T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T>;
}

interface Column {
  readonly type: 'integer' | 'bigint';
  readonly build: ColumnDefinitionBuilderCallback;
}

/** Where the engines differ; the migrations are the same otherwise. */
export interface EngineColumns {
  readonly bytes: 'blob' | 'bytea';
  /** Primary key in the order of writing, for rows that are never removed. */
  readonly sequence: Column;
  /** The same, and no number is ever given twice. */
  readonly counter: Column;
  /** What this engine's jobs need. */
  readonly jobs: (columns: EngineColumns) => Migration;
}
