import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import type { TableTotal } from './import-ledger.ts';
import type { JobStore } from './job-store.ts';
import { type Line, type Total, tally } from './line.ts';
import { migrationsOf, rowsOf } from './read-tables.ts';
import { type MovedTable, movedTableNames } from './tables.ts';

type Write = (line: Line) => Promise<void>;

const exportTable = async (db: Kysely<LedgerSchema>, table: MovedTable, write: Write): Promise<Total> => {
  const count = tally();
  for await (const row of rowsOf(db, table)) {
    count.add(row);
    await write({ table, row });
  }
  return count.total();
};

const exportJobs = async (db: Kysely<LedgerSchema>, jobs: JobStore, write: Write): Promise<Total> => {
  const count = tally();
  for (const job of await jobs.all(db)) {
    count.add(job);
    await write({ table: 'jobs', job });
  }
  return count.total();
};

/**
 * Writes one state of the ledger as lines: a header, every table's rows followed by their count and digest, the end.
 * What is sealed stays sealed, under the same keys.
 * @param write is given one line after the other, without its newline, and may make the export wait
 */
export const exportLedger = (
  engine: Engine,
  jobs: JobStore,
  write: (line: string) => Promise<void>,
): Promise<readonly TableTotal[]> =>
  engine.snapshot(async (db) => {
    const say: Write = (line) => write(JSON.stringify(line));
    await say({ gatewright: 'ledger', version: 1, migrations: await migrationsOf(db) });
    const totals: TableTotal[] = [];
    const end = async (table: string, total: Total): Promise<void> => {
      totals.push({ table, ...total });
      await say({ table, ...total });
    };
    for (const table of movedTableNames) await end(table, await exportTable(db, table, say));
    await end('jobs', await exportJobs(db, jobs, say));
    await say({ end: true, rows: totals.reduce((sum, { rows }) => sum + rows, 0) });
    return totals;
  });
