import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { OpenedSqlLedger } from '@gatewright/payment-ledger';

const ours = 'gatewright export';
/** A command that is about to end is waited for; a bridge is not. */
const PATIENCE_MS = 2_000;
const SQLITE_BUSY = 5;

const fileOf = (databaseUrl: string): string | undefined =>
  /^sqlite:(?:\/\/(?=\/))?(.+)$/is.exec(databaseUrl.trim())?.[1];

/** False only for a SQLite ledger whose file is not there: opening it would make an empty one. */
export const mayExist = (databaseUrl: string): boolean => {
  const file = fileOf(databaseUrl);
  return file === undefined || existsSync(file);
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/**
 * Whether another process has the SQLite file open; to be asked before this one opens it. With a write-ahead log every
 * connection holds a shared lock for as long as it is open, so that an exclusive one is to be had only alone.
 */
export const isFileInUse = (databaseUrl: string): boolean => {
  const file = fileOf(databaseUrl);
  if (file === undefined) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: PATIENCE_MS });
    database.exec('pragma locking_mode = exclusive');
    database.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch (error) {
    // A file that is no database is explained where the ledger is opened.
    return isBusy(error);
  } finally {
    database?.close();
  }
};

/** The same database under a name of its own in PostgreSQL's list of sessions. */
export const underOwnName = (databaseUrl: string): string => {
  const url = /^postgres(?:ql)?:/i.test(databaseUrl.trim()) ? URL.parse(databaseUrl.trim()) : null;
  if (url === null) return databaseUrl;
  url.searchParams.set('application_name', ours);
  return url.href;
};

/** How many sessions of bridges and other commands the PostgreSQL database has; 0 for SQLite. */
export const otherSessions = ({ location, ledger }: OpenedSqlLedger): Promise<number> => {
  if (!location.startsWith('postgres')) return Promise.resolve(0);
  return ledger.transact(async (tx) => {
    const rows = await tx.sql`select pid from pg_stat_activity
      where datname = current_database() and application_name = ${'gatewright'}`;
    return rows.length;
  });
};
