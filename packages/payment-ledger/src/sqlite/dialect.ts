import type { SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  type Driver,
  Kysely,
  type QueryCompiler,
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

/** Hands a query straight to the connection, which is always there: kysely's way to one takes longer than SQLite does. */
class DirectExecutor extends DefaultQueryExecutor {
  readonly #connection: () => DatabaseConnection;

  constructor(compiler: QueryCompiler, adapter: DialectAdapter, connection: () => DatabaseConnection) {
    super(compiler, adapter, { provideConnection: async (consumer) => consumer(connection()) });
    this.#connection = connection;
  }

  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#connection().executeQuery(query);
  }
}

/** Query builders for one transaction each, which run nothing once `mayRun` is false. */
export const transactionsOn = <Schema>(
  connection: SqliteConnection,
): ((mayRun: () => boolean) => Kysely<Schema>) => {
  const dialect = dialectOn(connection);
  const [driver, queries] = [driverOn(connection), queriesOn(connection)];
  const [compiler, adapter] = [dialect.createQueryCompiler(), dialect.createAdapter()];
  return (mayRun) => {
    const executor = new DirectExecutor(compiler, adapter, () => {
      if (!mayRun()) throw new Error('ledger: this transaction has ended');
      return queries;
    });
    return new Kysely<Schema>({ config: { dialect }, dialect, driver, executor });
  };
};
