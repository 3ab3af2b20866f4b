import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { QueryResult as PgResult } from 'pg';

/** Runs one statement: a pool, or one client inside a transaction. */
export interface PostgresConnection {
  execute(text: string, parameters: readonly unknown[]): Promise<PgResult<Record<string, unknown>>>;
}

/** PostgreSQL stores no NUL in text; what strangers write into a webhook must not become an error of ours. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;

const writes = new Set(['INSERT', 'UPDATE', 'DELETE']);

const queriesOn = (connection: PostgresConnection): DatabaseConnection => ({
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, command, rowCount } = await connection.execute(sql, parameters.map(storable));
    // kysely names the row type that it derived from the query; the driver only sees values.
    const typed = rows as Row[];
    return writes.has(command) ? { rows: typed, numAffectedRows: BigInt(rowCount ?? 0) } : { rows: typed };
  },
  streamQuery() {
    throw new Error('ledger: streaming is not used');
  },
});

/** Begins and ends a transaction of the connection. */
export type TransactionControl = (statement: 'begin' | 'commit' | 'rollback') => Promise<void>;

const driverOn = (connection: PostgresConnection, control: TransactionControl): Driver => {
  const queries = queriesOn(connection);
  const nothing = async (): Promise<void> => undefined;
  return {
    init: nothing,
    acquireConnection: async () => queries,
    releaseConnection: nothing,
    beginTransaction: () => control('begin'),
    commitTransaction: () => control('commit'),
    rollbackTransaction: () => control('rollback'),
    destroy: nothing,
  };
};

/** Migrations run under a lock of the ledger's own, which one that kysely held for ever would only shadow. */
class LockedElsewhereAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

const inEngineOnly: TransactionControl = async () => {
  throw new Error('ledger: the engine begins and ends transactions');
};

/** Query builder over a connection that somebody else opened. */
export const kyselyOn = <Schema>(
  connection: PostgresConnection,
  control: TransactionControl = inEngineOnly,
): Kysely<Schema> => {
  const dialect: Dialect = {
    createAdapter: () => new LockedElsewhereAdapter(),
    createDriver: () => driverOn(connection, control),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Schema>({ dialect });
};
