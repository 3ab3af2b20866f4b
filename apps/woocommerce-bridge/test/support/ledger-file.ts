import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.ts';

const withFile = <T>({ file }: World, work: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
};

/** Everything the ledger holds, table by table, read past the code under test. Nonces are no state of a payment. */
export const everything = (world: World): Record<string, unknown[]> =>
  withFile(world, (database) => {
    const tables = database
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'nonces'",
      )
      .all();
    return Object.fromEntries(
      tables.map(({ name }) => [String(name), database.prepare(`select * from "${name}"`).all()]),
    );
  });

/** Takes a table away while `work` runs, so that the ledger fails as it would on a broken disk. */
export const withoutTable = async (
  world: World,
  table: 'inbox' | 'orders',
  work: () => Promise<void>,
): Promise<void> => {
  withFile(world, (database) => database.exec(`alter table ${table} rename to ${table}_away`));
  try {
    await work();
  } finally {
    withFile(world, (database) => database.exec(`alter table ${table}_away rename to ${table}`));
  }
};

/** The rows in which one of these names stands, in any column. */
export const rowsNaming = (world: World, names: readonly string[]): Record<string, unknown[]> =>
  Object.fromEntries(
    Object.entries(everything(world)).map(([table, rows]) => [
      table,
      rows.filter((row) => names.some((name) => JSON.stringify(row).includes(`"${name}"`))),
    ]),
  );
