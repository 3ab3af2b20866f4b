import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import { cellOf, type Row } from './line.ts';
import { type MovedTable, movedTables } from './tables.ts';

const pageSize = 500;

/** The rows of a table, a page at a time in the order of its key. */
export async function* rowsOf(db: Kysely<LedgerSchema>, table: MovedTable): AsyncGenerator<Row> {
  const key: readonly string[] = movedTables[table];
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: readonly unknown[] | undefined;
  for (;;) {
    const behind = last === undefined ? sql`` : sql`where (${columns}) > (${sql.join(last)})`;
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)} ${behind} order by ${columns} limit ${pageSize}`.execute(db);
    for (const row of rows)
      yield Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellOf(value)]));
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageSize) return;
    last = key.map((column) => end[column]);
  }
}

export const isEmpty = async (db: Kysely<LedgerSchema>, table: MovedTable): Promise<boolean> =>
  (await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)).rows.length === 0;

/** The names of what has run, in order: two ledgers with the same ones have the same tables. */
export const migrationsOf = async (db: Kysely<LedgerSchema>): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select name from gatewright_migrations order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
};
