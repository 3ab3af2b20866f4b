import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { migrationsFor } from '../migrations/index.ts';
import { type Migrated, migrateSet, migrationFailed, ownMigrations } from '../migrations/migrate-set.ts';
import type { OwnTables } from '../own-tables.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import { postgresColumns } from './columns.ts';
import { kyselyOn, type PostgresConnection } from './dialect.ts';

/** "gatewrig" in bytes: the lock's name in its database. */
const LOCK = '7449363237792016743';

/** Runs `work` while no other process opens a ledger in this database: the first one migrates, the others find it done. */
export const underMigrationLock = async <T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    // It may wait for another process that migrates a large ledger.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(client);
  } finally {
    // Ends the session, and with it the lock and the setting.
    client.release(true);
  }
};

const createSchema = async (db: Kysely<LedgerSchema>, schema: string): Promise<void> => {
  // Asked first: "if not exists" needs the right to create one even where it exists.
  const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(db);
  if (rows.length === 0) await sql`create schema ${sql.id(schema)}`.execute(db);
};

/** Brings the schema up to this version, ours first, then the wrapper's, all in one transaction. */
export const migrate = async (
  client: pg.PoolClient,
  schema: string,
  tables: OwnTables | undefined,
): Promise<Migrated> => {
  const connection: PostgresConnection = {
    execute: (text, parameters) => client.query(text, [...parameters]),
  };
  const execute = async (statement: string): Promise<void> => {
    await client.query(statement);
  };
  try {
    const applied = await kyselyOn<LedgerSchema>(connection, execute)
      .transaction()
      .execute(async (db) => {
        await createSchema(db, schema);
        return [
          ...(await migrateSet(db, 'gatewright', migrationsFor(postgresColumns), schema)),
          ...(tables === undefined
            ? []
            : await migrateSet(db, tables.name, ownMigrations(tables, execute), schema)),
        ];
      });
    return { ok: true, applied };
  } catch (error) {
    return migrationFailed(error);
  }
};
