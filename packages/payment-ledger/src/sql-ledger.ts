import type { Clock, JobQueue, Ledger, PageChanges, RandomBytes } from '@gatewright/payment-core';
import type { OwnTables, SqlTransaction } from './own-tables.ts';
import type { ImportResult, TableTotal } from './transfer/import-ledger.ts';

/** The ledger on a SQL engine: the port, and `tx.sql` for tables of the wrapper's own. */
export interface SqlLedger extends Ledger {
  transact<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
}

export interface Transfer {
  /**
   * Writes one state of the ledger as lines of JSON, while others may go on using it. What is sealed stays sealed,
   * under the same keys. Tables of a wrapper's own do not move.
   * @param write is given each line without its newline and may make the export wait
   */
  export(write: (line: string) => Promise<void>): Promise<readonly TableTotal[]>;
  /** Reads such lines into this ledger, which must be empty: all of them, or none when their counts and digests do not match. */
  import(lines: AsyncIterable<string>): Promise<ImportResult>;
}

export interface OpenedSqlLedger {
  readonly ok: true;
  /** Where the data is, without credentials: to be printed at start. */
  readonly location: string;
  readonly ledger: SqlLedger;
  readonly jobs: JobQueue;
  readonly changes: PageChanges;
  /** Migrations that this opening has run. */
  readonly migrated: readonly string[];
  /** Moves a whole ledger, from one engine to another too. */
  readonly transfer: Transfer;
  /** Waits for running transactions. */
  close(): Promise<void>;
}

export interface LedgerRefusal {
  readonly ok: false;
  readonly reason:
    | 'unsupported-database'
    | 'cannot-open'
    | 'newer-schema'
    | 'migration-failed'
    | 'missing-key'
    | 'wrong-key';
  /** For the owner: what is wrong and what to do. No secrets. */
  readonly message: string;
}

export interface LedgerParts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly tables?: OwnTables;
  /** Told after every commit how many transactions it made durable. */
  readonly onCommit?: (transactions: number) => void;
  /** What went wrong beside every call: a connection that was lost while it was idle, pg-boss's own upkeep. */
  readonly onError?: (error: unknown) => void;
}
