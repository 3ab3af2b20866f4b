import type { KeyRing, OpenedSqlLedger, Vault } from '@gatewright/payment-ledger';
import { done, fail, type Outcome } from './failure.ts';
import { type Host, remark } from './host.ts';

export interface LedgerOptions {
  readonly db?: string | undefined;
  readonly schema?: string | undefined;
}

export interface Session {
  readonly opened: OpenedSqlLedger;
  readonly vault: Vault;
  /** The ring that opened it. */
  readonly keys: KeyRing;
}

/** The upkeep of pg-boss is the bridge's. */
const shortLived = { supervise: false } as const;

const untouched = 'Nothing was done.';

// Loaded where it is needed: `verify` must not pay for a database.
const ledgerPackage = () => import('@gatewright/payment-ledger');

/** Where the ledger is: --db, else DATABASE_URL. It may carry a password. */
export const databaseUrl = (host: Host, { db }: LedgerOptions): string => db ?? host.environment.databaseUrl;

/** Opens the ledger without its secrets, and brings its tables up to date. */
export const withLedger = async (
  host: Host,
  options: LedgerOptions,
  work: (opened: OpenedSqlLedger) => Promise<Outcome>,
): Promise<Outcome> => {
  const { openLedger } = await ledgerPackage();
  const { clock, random } = host;
  const opened = await openLedger(databaseUrl(host, options), {
    clock,
    random,
    schema: options.schema,
    jobs: shortLived,
  });
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
    schema: options.schema,
    jobs: shortLived,
  });
  if (!opened.ok) {
    return fail(opened.message, untouched, 'Check --db or DATABASE_URL, and GATEWRIGHT_KEYS.');
  }
  remark(host, `ledger: ${opened.location}`);
  try {
    return await work({ opened, vault: opened.vault, keys: keys.ring });
  } finally {
    await opened.close();
  }
};

/** Why the key ring of the environment cannot be used, without looking into a ledger. */
export const keyRingTrouble = async (host: Host): Promise<string | undefined> => {
  const keys = (await ledgerPackage()).parseKeyRing(host.environment.keys);
  return keys.ok ? undefined : keys.message;
};

/** Why the key ring of the environment does not open this ledger's secrets. */
export const sealTrouble = async (host: Host, options: LedgerOptions): Promise<string | undefined> => {
  const result = await withVault(host, options, async () => done);
  return result.ok ? undefined : result.failure.cause;
};
