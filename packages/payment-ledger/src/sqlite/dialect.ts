import type { SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteConnection } from './connection.ts';

const bindable = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  throw new TypeError(`ledger: a ${typeof value} cannot be stored`);
};

const queriesOn = (connection: SqliteConnection): DatabaseConnection => ({
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = connection.execute(sql, parameters.map(bindable));
    // kysely names the row type that it derived from the query; the driver only sees values.
    return { rows: rows as Row[], numAffectedRows: changes };
  },
  streamQuery() {
    throw new Error('ledger: streaming is not used');
  },
});

const driverOn = (connection: SqliteConnection): Driver => {
  const queries = queriesOn(connection);
  const nothing = async (): Promise<void> => undefined;
  return {
    init: nothing,
    acquireConnection: async () => queries,
    releaseConnection: nothing,
    async beginTransaction() {
      // Reading first and writing later would fail as soon as another process had written in between.
      connection.execute('begin immediate');
    },
    async commitTransaction() {
      connection.execute('commit');
    },
    async rollbackTransaction() {
      if (connection.inTransaction) connection.execute('rollback');
    },
    destroy: nothing,
  };
};

/** kysely's adapter says no, but SQLite rolls back DDL like anything else. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const dialectOn = (connection: SqliteConnection): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => driverOn(connection),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/** Query builder over an open connection. */
export const kyselyOn = <Schema>(connection: SqliteConnection): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: dialectOn(connection) });

/**
 * Query builders for one transaction each: what a builder needs is made once, and it runs nothing once `mayRun` is
 * false.
 */
export const transactionsOn = <Schema>(
  connection: SqliteConnection,
): ((mayRun: () => boolean) => Kysely<Schema>) => {
  const dialect = dialectOn(connection);
  const driver = driverOn(connection);
  const queries = queriesOn(connection);
  const executor = kyselyOn<Schema>(connection).getExecutor();
  return (mayRun) =>
    new Kysely<Schema>({
      config: { dialect },
      dialect,
      driver,
      executor: executor.withConnectionProvider({
        async provideConnection(consumer) {
          if (!mayRun()) throw new Error('ledger: this transaction has ended');
          return consumer(queries);
        },
      }),
    });
};
