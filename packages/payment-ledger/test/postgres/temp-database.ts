import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type OpenedSqlLedger, openPostgresLedger, type PostgresOptions } from '../../src/index.ts';
import type { OpenPlace } from '../ledger-place.ts';
import { virtualClock } from '../temp-ledger.ts';
import { storedBytes } from './stored-bytes.ts';

export interface TempDatabase {
  /** postgres://… of a database that only this test file has. */
  readonly url: string;
  /** Past the code under test. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

const run = async (url: string, text: string, values: readonly unknown[] = []) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
};

/** A database of the run's PostgreSQL, made before the tests of the file and dropped after them. */
export const useTempDatabase = (): TempDatabase => {
  const name = `t${randomBytes(8).toString('hex')}`;
  const server = inject('postgresUrl');
  const url = new URL(server);
  url.pathname = `/${name}`;
  beforeAll(async () => {
    await run(server, `create database ${name}`);
  });
  afterAll(async () => {
    await run(server, `drop database ${name} with (force)`);
  });
  return { url: url.href, query: (text, values) => run(url.href, text, values) };
};

export const openTestLedger = async (url: string, options: Partial<PostgresOptions> = {}) => {
  const opened = await openPostgresLedger({
    connection: url,
    clock: virtualClock(),
    random: randomBytes,
    jobs: { supervise: false },
    ...options,
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

/**
 * One ledger for all tests of a file, emptied for each: opening a new one takes longer than most of the tests.
 * `close` only gives it back.
 */
export const useTempLedger = () => {
  const database = useTempDatabase();
  let opened: OpenedSqlLedger | undefined;
  afterAll(() => opened?.close());
  return async () => {
    opened ??= await openTestLedger(database.url);
    const tables = await database.query(
      `select schemaname || '.' || tablename as name from pg_tables
       where schemaname = 'public' and tablename not like 'gatewright_migrations%'`,
    );
    const names = tables.map(({ name }) => String(name)).join(', ');
    await database.query(`truncate ${names}, gatewright_jobs.job restart identity`);
    return { ...opened, close: async () => undefined };
  };
};

/** A schema of its own for every place, in one database. */
export const usePostgresPlaces = (): OpenPlace => {
  const database = useTempDatabase();
  const folder = inject('postgresFolder');
  let places = 0;
  return async () => {
    places += 1;
    const schema = `place_${places}`;
    const settings = { connection: database.url, schema, jobs: { supervise: false } };
    return {
      open: (parts) => openPostgresLedger({ ...settings, ...parts }),
      openWithoutKeys: (parts) => openPostgresLedger({ ...settings, ...parts }),
      stored: () => storedBytes(folder),
      remove: async () => {
        await database.query(`drop schema if exists ${schema} cascade`);
      },
    };
  };
};
