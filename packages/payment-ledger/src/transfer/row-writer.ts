import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import { type Row, storedValue } from './line.ts';
import { Refused } from './refused.ts';
import { type RowFault, rowFaultOf } from './row-fault.ts';
import type { MovedTable } from './tables.ts';

const batchSize = 200;

export interface RowWriter {
  write(table: MovedTable, row: Row): Promise<void>;
  /** Writes what was collected. @throws Refused for rows that do not fit their table, else the database's own error */
  flush(): Promise<void>;
}

const wordsOf: Readonly<Record<RowFault, (table: MovedTable) => string>> = {
  repeated: (table) => `Table ${table} has a row twice, or two rows with one key: the export was changed.`,
  unfitting: (table) =>
    `Rows of table ${table} have another column or type than it takes: the export was changed.`,
};

/** Collects rows of a table and writes them together. */
export const rowWriter = (db: Kysely<LedgerSchema>): RowWriter => {
  let waiting: Row[] = [];
  let into: MovedTable | undefined;

  const flush = async (): Promise<void> => {
    const [first] = waiting;
    if (first === undefined || into === undefined) return;
    const columns = Object.keys(first);
    const values = waiting.map(
      (row) => sql`(${sql.join(columns.map((column) => storedValue(row[column] ?? null)))})`,
    );
    waiting = [];
    try {
      await sql`insert into ${sql.table(into)} (${sql.join(columns.map((column) => sql.ref(column)))})
        values ${sql.join(values)}`.execute(db);
    } catch (error) {
      const fault = rowFaultOf(error);
      // The database's words may repeat what stands in the row.
      throw fault === undefined ? error : new Refused('malformed', wordsOf[fault](into));
    }
  };

  return {
    flush,
    async write(table, row) {
      if (into !== table || waiting.length >= batchSize) await flush();
      into = table;
      waiting.push(row);
    },
  };
};
