import type { PostgresOptions } from './postgres/settings.ts';
import type { LedgerParts, LedgerRefusal, OpenedSqlLedger } from './sql-ledger.ts';
import { openSqliteLedger } from './sqlite/open-sqlite-ledger.ts';
import type { KeyRing } from './vault/key-ring.ts';
import type { Vault } from './vault/vault.ts';

const expected =
  'Expected DATABASE_URL=sqlite:./gatewright.db (a path to a file) or DATABASE_URL=postgres://user:password@host:port/database.';

type Location =
  | { readonly ok: true; readonly engine: 'sqlite'; readonly path: string }
  | { readonly ok: true; readonly engine: 'postgres'; readonly connection: string }
  | LedgerRefusal;

const refuse = (what: string): LedgerRefusal => ({
  ok: false,
  reason: 'unsupported-database',
  message: `${what} ${expected}`,
});

const sqliteLocation = (rest: string): Location => {
  const path = rest.replace(/^\/\/(?=\/)/, '');
  if (path === '' || path.startsWith('//')) return refuse('The database URL names no file.');
  if (path === ':memory:') return refuse('A ledger in memory would forget payments.');
  if (/[?#]/.test(path))
    return refuse('The database URL has options after the path, which SQLite does not take.');
  return { ok: true, engine: 'sqlite', path };
};

/** The URL itself is never repeated: it may carry a password. */
const parseDatabaseUrl = (databaseUrl: string): Location => {
  const connection = databaseUrl.trim();
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(connection) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return sqliteLocation(rest);
    case 'postgres':
    case 'postgresql':
      return { ok: true, engine: 'postgres', connection };
    case '':
      return refuse('The database URL has no scheme.');
    default:
      return refuse(`Databases of the kind "${scheme}" are not supported.`);
  }
};

type WithKeys = { readonly keys: KeyRing };

/** What both engines take; `schema` and what follows it only PostgreSQL. */
export type LedgerOptions = LedgerParts & Pick<PostgresOptions, 'schema' | 'jobs' | 'connections'>;

/** Like `openSqliteLedger`, for a PostgreSQL database; pg and pg-boss are loaded only now. */
export function openPostgresLedger(
  options: PostgresOptions & WithKeys,
): Promise<(OpenedSqlLedger & { readonly vault: Vault }) | LedgerRefusal>;
export function openPostgresLedger(options: PostgresOptions): Promise<OpenedSqlLedger | LedgerRefusal>;
export async function openPostgresLedger(
  options: PostgresOptions & Partial<WithKeys>,
): Promise<(OpenedSqlLedger & { readonly vault?: Vault }) | LedgerRefusal> {
  return (await import('./postgres/open-postgres-ledger.ts')).openPostgres(options);
}

/**
 * Opens the ledger that DATABASE_URL names, with its vault when a key ring is given.
 * @example const opened = await openLedger('sqlite:./gatewright.db', { clock, random, keys });
 */
export function openLedger(
  databaseUrl: string,
  options: LedgerOptions & WithKeys,
): Promise<(OpenedSqlLedger & { readonly vault: Vault }) | LedgerRefusal>;
export function openLedger(
  databaseUrl: string,
  options: LedgerOptions,
): Promise<OpenedSqlLedger | LedgerRefusal>;
export async function openLedger(
  databaseUrl: string,
  options: LedgerOptions & Partial<WithKeys>,
): Promise<(OpenedSqlLedger & { readonly vault?: Vault }) | LedgerRefusal> {
  const location = parseDatabaseUrl(databaseUrl);
  if (!location.ok) return location;
  if (location.engine === 'postgres')
    return openPostgresLedger({ ...options, connection: location.connection });
  if (options.schema !== undefined) return refuse('A SQLite file has no schemas.');
  return openSqliteLedger({ ...options, path: location.path });
}
