import type { Clock, JobQueue, Ledger, RandomBytes } from '@gatewright/payment-core';
import type { OwnTables, SqlTransaction } from './own-tables.ts';

/** The ledger on a SQL engine: the port, and `tx.sql` for tables of the wrapper's own. */
export interface SqlLedger extends Ledger {
  transact<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T>;
}

export interface OpenedSqlLedger {
  readonly ok: true;
  /** Where the data is, without credentials: to be printed at start. */
  readonly location: string;
  readonly ledger: SqlLedger;
  readonly jobs: JobQueue;
  /** Migrations that this opening has run. */
  readonly migrated: readonly string[];
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
