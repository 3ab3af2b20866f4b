import type { LedgerParts, LedgerRefusal } from '../sql-ledger.ts';

export interface PostgresOptions extends LedgerParts {
  /** postgres://user:password@host:port/database */
  readonly connection: string;
  /** Of the ledger's tables, default `public`; made when it is missing. Lower-case letters, digits and underscores. */
  readonly schema?: string | undefined;
  readonly jobs?: {
    /** Of pg-boss's tables, default `gatewright_jobs`; ledgers of one database may share it. */
    readonly schema?: string;
    /** pg-boss's own upkeep and its schedules; off for commands that end at once. */
    readonly supervise?: boolean;
  };
  /** The most that transactions use at the same time, default 10; four more are for reading. */
  readonly connections?: number;
}

export interface PostgresSettings {
  readonly ok: true;
  readonly connection: string;
  readonly schema: string;
  readonly jobsSchema: string;
  readonly supervise: boolean;
  readonly connections: number;
  readonly onError: (error: unknown) => void;
  /** To be printed: no user, no password. */
  readonly location: string;
}

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

const refuse = (message: string): LedgerRefusal => ({ ok: false, reason: 'unsupported-database', message });

export const settingsOf = (options: PostgresOptions): PostgresSettings | LedgerRefusal => {
  const { connection, schema = 'public', jobs = {}, connections = 10, onError = () => undefined } = options;
  const { schema: jobsSchema = 'gatewright_jobs', supervise = true } = jobs;
  const url = URL.parse(connection);
  if (url === null) {
    return refuse(
      'The database URL cannot be read. Expected DATABASE_URL=postgres://user:password@host:port/database, with everything but letters and digits percent-encoded in user and password.',
    );
  }
  for (const name of [schema, jobsSchema]) {
    if (!SCHEMA.test(name))
      return refuse(
        `"${name}" is no name for a schema. Expected lower-case letters, digits and underscores.`,
      );
  }
  const location = `postgres://${url.host}${url.pathname} (schema ${schema})`;
  return { ok: true, connection, schema, jobsSchema, supervise, connections, onError, location };
};
