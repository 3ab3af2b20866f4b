import pg from 'pg';

export interface PoolOptions {
  /** postgres://… */
  readonly connection: string;
  /** Lower-case letters, digits and underscores; where the ledger's tables are. */
  readonly schema: string;
  readonly connections: number;
  readonly onError: (error: unknown) => void;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** A statement that waits longer for its locks than this is given up, and its transaction with it. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A process that was paused inside a transaction loses it then, and its locks with it: others do not wait for it. */
const IDLE_IN_TRANSACTION_MS = 10_000;

const BYTEA = 17;
const INT8 = 20;

const exactNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`ledger: ${text} is no number that JavaScript can hold`);
  return value;
};

const hexBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), 'hex'));

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (format !== 'binary' && oid === INT8) return exactNumber;
    if (format !== 'binary' && oid === BYTEA) return hexBytes;
    return pg.types.getTypeParser(oid, format ?? 'text');
  },
};

/** What the URL says about sessions comes first, so that an owner can change a limit of ours. */
const withSession = (connection: string, schema: string): string => {
  const url = new URL(connection);
  const ours = [
    `search_path=${schema}`,
    `statement_timeout=${STATEMENT_TIMEOUT_MS}`,
    `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
    'bytea_output=hex',
  ];
  const given = url.searchParams.get('options');
  url.searchParams.set(
    'options',
    [...ours.map((each) => `-c ${each}`), ...(given === null ? [] : [given])].join(' '),
  );
  return url.href;
};

export const openPool = ({ connection, schema, connections, onError }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: withSession(connection, schema),
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'gatewright',
    keepAlive: true,
    types,
  });
  // An idle connection that the server ends would otherwise end this process. pg hangs its client on the error.
  pool.on('error', ({ message }) => onError(new Error(`a database connection was lost: ${message}`)));
  return pool;
};
