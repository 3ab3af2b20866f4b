import { type Kysely, sql } from 'kysely';
import type { Db } from 'pg-boss';
import type { LedgerSchema } from '../../tables/schema.ts';

/** Set for the length of a transaction: the caller's time, as PostgreSQL writes an instant. */
const SETTING = 'gatewright.now';

const body = `select coalesce(nullif(current_setting('${SETTING}', true), '')::timestamptz, pg_catalog.now());`;

/**
 * pg-boss reads the time in one function of its schema, `job_now()`, so that a test can put another one in its place.
 * Ours answers the time that the transaction was given, else the server's: a ledger takes its time as a parameter.
 * @param schema pg-boss's: lower-case letters, digits and underscores
 */
export const installJobClock = async (db: Db, schema: string): Promise<void> => {
  const installed = await db.executeSql(
    `select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = $1 and p.proname = 'job_now' and p.prosrc = $2`,
    [schema, body],
  );
  if (installed.rows.length > 0) return;
  await db.executeSql(
    `create or replace function ${schema}.job_now() returns timestamp with time zone
     as $clock$${body}$clock$ language sql stable`,
  );
};

/** What pg-boss takes for now until the end of this transaction, or until it is set again. */
export const setJobClock = async (db: Kysely<LedgerSchema>, at: number): Promise<void> => {
  await sql`select set_config(${SETTING}, ${new Date(at).toISOString()}, true)`.execute(db);
};
