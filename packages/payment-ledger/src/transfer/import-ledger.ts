import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import type { JobStore } from './job-store.ts';
import { type Line, lineSchema, type Total, tally } from './line.ts';
import { isEmpty, migrationsOf, rowsOf } from './read-tables.ts';
import { type ImportRefusal, Refused } from './refused.ts';
import { type RowWriter, rowWriter } from './row-writer.ts';
import { storedJobSchema } from './stored-job.ts';
import { isMovedTable, movedTableNames } from './tables.ts';

export type TableTotal = { readonly table: string } & Total;

export type ImportResult = { readonly ok: true; readonly tables: readonly TableTotal[] } | ImportRefusal;

interface Target {
  readonly db: Kysely<LedgerSchema>;
  readonly jobs: JobStore;
  readonly rows: RowWriter;
}

const parseLine = (text: string, n: number): Line => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused('malformed', `Line ${n} is not JSON.`);
  }
  const line = lineSchema.safeParse(json);
  if (!line.success) throw new Refused('malformed', `Line ${n} is no line of a Gatewright export.`);
  return line.data;
};

const refuseUnlessEmpty = async ({ db, jobs }: Target): Promise<void> => {
  const refuse = (what: string): Refused =>
    new Refused('not-empty', `The ledger is in use: ${what}. Import into an empty one.`);
  for (const table of movedTableNames) {
    if (!(await isEmpty(db, table))) throw refuse(`its table ${table} has rows`);
  }
  if ((await jobs.all(db)).length > 0) throw refuse('it has jobs');
};

const refuseOtherVersion = async ({ db }: Target, exported: readonly string[]): Promise<void> => {
  const here = await migrationsOf(db);
  if (JSON.stringify(here) === JSON.stringify(exported)) return;
  const versions = `${exported.at(-1) ?? 'none'} there, ${here.at(-1) ?? 'none'} here`;
  throw new Refused(
    'other-version',
    `The export was made by another version of Gatewright (${versions}). Export and import with the same version.`,
  );
};

const expectSame = (table: string, exported: Total, found: Total, where: string): void => {
  if (exported.rows === found.rows && exported.sha256 === found.sha256) return;
  const words = ({ rows, sha256 }: Total): string => `${rows} rows with digest ${sha256.slice(0, 12)}…`;
  throw new Refused(
    'damaged',
    `Table ${table}: the export says ${words(exported)}, ${where} ${words(found)}.`,
  );
};

/** What was written, read again. */
const storedTotal = async ({ db, jobs }: Target, table: string): Promise<Total> => {
  const count = tally();
  if (isMovedTable(table)) for await (const row of rowsOf(db, table)) count.add(row);
  else for (const job of await jobs.all(db)) count.add(job);
  return count.total();
};

/** Takes the lines of one table after the other, and knows when all of them were there. */
const tableReader = (target: Target) => {
  const totals: TableTotal[] = [];
  let count = tally();
  return {
    totals,
    async row(line: Extract<Line, { row: unknown }>): Promise<void> {
      if (!isMovedTable(line.table)) throw new Refused('malformed', 'The export has an unknown table.');
      count.add(line.row);
      await target.rows.write(line.table, line.row);
    },
    async job(line: Extract<Line, { job: unknown }>): Promise<void> {
      const job = storedJobSchema.safeParse(line.job);
      if (!job.success)
        throw new Refused('malformed', 'The export has a job that this version does not know.');
      count.add(job.data);
      await target.jobs.put(target.db, job.data);
    },
    async end(line: Extract<Line, { sha256: unknown }>): Promise<void> {
      await target.rows.flush();
      expectSame(line.table, line, count.total(), 'but it holds');
      expectSame(line.table, line, await storedTotal(target, line.table), 'but stored were');
      totals.push({ table: line.table, ...count.total() });
      count = tally();
    },
  };
};

const importInto = async (target: Target, lines: AsyncIterable<string>): Promise<readonly TableTotal[]> => {
  const tables = tableReader(target);
  let n = 0;
  let end: number | undefined;
  for await (const text of lines) {
    n += 1;
    const line = parseLine(text, n);
    if ((n === 1) !== 'gatewright' in line || end !== undefined)
      throw new Refused('malformed', `Line ${n} stands where it must not.`);
    if ('gatewright' in line) await refuseOtherVersion(target, line.migrations);
    else if ('row' in line) await tables.row(line);
    else if ('job' in line) await tables.job(line);
    else if ('sha256' in line) await tables.end(line);
    else end = line.rows;
  }
  const { totals } = tables;
  const missing = [...movedTableNames, 'jobs'].find((name) => !totals.some(({ table }) => table === name));
  if (missing !== undefined) throw new Refused('incomplete', `The export ends before its table ${missing}.`);
  if (end !== totals.reduce((sum, { rows }) => sum + rows, 0))
    throw new Refused('incomplete', 'The export has no end, or its end counts other rows.');
  return totals;
};

/**
 * Reads what `exportLedger` wrote into an empty ledger, all of it or nothing. Every table's count and digest are held
 * against the export twice: as the lines came, and as the rows were read back.
 * @param lines without their newlines
 * @param finish what the engine needs once its rows are there
 */
export const importLedger = async (
  engine: Engine,
  jobs: JobStore,
  lines: AsyncIterable<string>,
  finish: (db: Kysely<LedgerSchema>) => Promise<void>,
): Promise<ImportResult> => {
  try {
    const tables = await engine.bulk(async (db) => {
      const target = { db, jobs, rows: rowWriter(db) };
      await refuseUnlessEmpty(target);
      const totals = await importInto(target, lines);
      await finish(db);
      return totals;
    });
    return { ok: true, tables };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
};
