import type { OpenedSqlLedger, Vault } from '@gatewright/payment-ledger';
import { fail, type Outcome } from './failure.ts';
import { type Host, remark } from './host.ts';

export interface LedgerOptions {
  readonly db?: string | undefined;
}

export interface Session {
  readonly opened: OpenedSqlLedger;
  readonly vault: Vault;
}

const untouched = 'Nothing was done.';

// Loaded where it is needed: `verify` must not pay for a database.
const ledgerPackage = () => import('@gatewright/payment-ledger');

const databaseUrl = (host: Host, { db }: LedgerOptions): string => db ?? host.environment.databaseUrl;

/** Opens the ledger without its secrets, and brings its tables up to date. */
export const withLedger = async (
  host: Host,
  options: LedgerOptions,
  work: (opened: OpenedSqlLedger) => Promise<Outcome>,
): Promise<Outcome> => {
  const { openLedger } = await ledgerPackage();
  const opened = await openLedger(databaseUrl(host, options), { clock: host.clock, random: host.random });
  if (!opened.ok) return fail(opened.message, untouched, 'Check --db or DATABASE_URL.');
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};

/** Opens the ledger with the key ring of the environment. Where it is goes to standard error. */
export const withVault = async (
  host: Host,
  options: LedgerOptions,
  work: (session: Session) => Promise<Outcome>,
): Promise<Outcome> => {
  const { openLedger, parseKeyRing } = await ledgerPackage();
  const keys = parseKeyRing(host.environment.keys);
  if (!keys.ok) {
    return fail(
      keys.message,
      untouched,
      'Set GATEWRIGHT_KEYS to the key ring of this ledger and run it again.',
    );
  }
  const opened = await openLedger(databaseUrl(host, options), {
    clock: host.clock,
    random: host.random,
    keys: keys.ring,
  });
  if (!opened.ok) {
    return fail(opened.message, untouched, 'Check --db or DATABASE_URL, and GATEWRIGHT_KEYS.');
  }
  remark(host, `ledger: ${opened.location}`);
  try {
    return await work({ opened, vault: opened.vault });
  } finally {
    await opened.close();
  }
};
