import { type Kysely, sql } from 'kysely';
import type { Sql, SqlRow } from '../own-tables.ts';
import type { LedgerSchema } from './schema.ts';

export const sqlOn =
  (db: Kysely<LedgerSchema>): Sql =>
  async (text, ...values) =>
    (await sql<SqlRow>(text, ...values).execute(db)).rows;
