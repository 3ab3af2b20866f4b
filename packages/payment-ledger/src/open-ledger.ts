import type { LedgerParts, LedgerRefusal, OpenedSqlLedger } from './sql-ledger.ts';
import { openSqliteLedger } from './sqlite/open-sqlite-ledger.ts';
import type { KeyRing } from './vault/key-ring.ts';
import type { Vault } from './vault/vault.ts';

const expected = 'Expected DATABASE_URL=sqlite:./gatewright.db (a path to a file).';

type Location = { readonly ok: true; readonly path: string } | LedgerRefusal;

const refuse = (what: string): LedgerRefusal => ({
  ok: false,
  reason: 'unsupported-database',
  message: `${what} ${expected}`,
});

/** The URL itself is never repeated: other databases carry a password in it. */
const parseDatabaseUrl = (databaseUrl: string): Location => {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(databaseUrl.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite': {
      const path = rest.replace(/^\/\/(?=\/)/, '');
      if (path === '' || path.startsWith('//')) return refuse('The database URL names no file.');
      if (path === ':memory:') return refuse('A ledger in memory would forget payments.');
      if (/[?#]/.test(path))
        return refuse('The database URL has options after the path, which SQLite does not take.');
      return { ok: true, path };
    }
    case 'postgres':
    case 'postgresql':
      return refuse('PostgreSQL is not supported yet.');
    case '':
      return refuse('The database URL has no scheme.');
    default:
      return refuse(`Databases of the kind "${scheme}" are not supported.`);
  }
};

/**
 * Opens the ledger that DATABASE_URL names, with its vault when a key ring is given.
 * @example const opened = await openLedger('sqlite:./gatewright.db', { clock, random, keys });
 */
export function openLedger(
  databaseUrl: string,
  options: LedgerParts & { readonly keys: KeyRing },
): Promise<(OpenedSqlLedger & { readonly vault: Vault }) | LedgerRefusal>;
export function openLedger(
  databaseUrl: string,
  options: LedgerParts,
): Promise<OpenedSqlLedger | LedgerRefusal>;
export async function openLedger(
  databaseUrl: string,
  options: LedgerParts & { readonly keys?: KeyRing },
): Promise<(OpenedSqlLedger & { readonly vault?: Vault }) | LedgerRefusal> {
  const location = parseDatabaseUrl(databaseUrl);
  if (!location.ok) return location;
  return openSqliteLedger({ ...options, path: location.path });
}
