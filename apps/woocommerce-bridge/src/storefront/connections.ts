import { type Clock, type Finding, minutes, type RandomBytes, type StoreId } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction, Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { nextStrike, probeMs, spread } from './breaker.ts';
import { type ConnectionFault, connectionFinding } from './connection-findings.ts';
import { wooCommerceCredentialsSchema } from './credentials.ts';

/** `held-back`: the shop is broken and may not be called before `retryAfterMs`. */
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'held-back'; readonly fault: ConnectionFault; readonly retryAfterMs: number };

/** How a shop's connection stands, over restarts and replicas: a broken one keeps its queue and says why. */
export interface Connections {
  /** May the shop be called? While it is broken, one call at a time finds out whether it works again. */
  admit(store: StoreId): Promise<Admission>;
  /** A call met this fault: the store is broken until one works. */
  failed(store: StoreId, fault: ConnectionFault): Promise<void>;
  worked(store: StoreId): Promise<void>;
  /** It can be called again; a key that may only read says nothing about writing, so the fault stands until it `worked`. */
  answered(store: StoreId): Promise<void>;
  /** The plugin has its key: what was said against that no longer holds, and the next round looks at the shop again. */
  paired(store: StoreId): Promise<void>;
  /** The present fault, then what the last check found. Keys that were stored since, by whatever process, end their lack. */
  findings(store: StoreId): Promise<readonly Finding[]>;
  of(store: StoreId): Promise<ConnectionState>;
  /** The next sweep of the store's orders begins when it runs, not where one ended long ago. */
  restartSweeps(store: StoreId): Promise<void>;
}

export interface ConnectionState {
  /** Null: the last call worked, or there was none yet. */
  readonly fault: ConnectionFault | null;
  /** When the fault was first seen, ms. */
  readonly since: number | null;
  readonly findings: readonly Finding[];
  /** When the set-up was last looked at, ms; null: never. */
  readonly checkedAt: number | null;
}

const admitted: Admission = { kind: 'admitted' };

const unknown: ConnectionState = { fault: null, since: null, findings: [], checkedAt: null };

const faultSchema = z.enum([
  'unauthorized',
  'redirected',
  'route-missing',
  'not-json',
  'answer-not-understood',
  'shop-error',
  'shop-timeout',
  'shop-unreachable',
  'shop-certificate',
  'shop-address-blocked',
  'shop-busy',
  'credentials-missing',
  'not-paired',
  'write-ignored',
  'order-busy',
] satisfies readonly ConnectionFault[]);

/** Both say that the plugin has not got our key. */
const endedByPairing = ['plugin-not-paired', 'plugin-unauthorized'];

const findingsSchema = z.array(
  z.object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    cause: z.string(),
    effect: z.string(),
    remedy: z.string(),
  }),
);

const ms = (value: SqlRow[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const stateOf = (row: SqlRow): ConnectionState => {
  const fault = faultSchema.safeParse(row.fault);
  return {
    fault: fault.success ? fault.data : null,
    since: ms(row.fault_at),
    findings: findingsSchema.parse(JSON.parse(String(row.findings))),
    checkedAt: ms(row.checked_at),
  };
};

const stateIn = async (tx: SqlTransaction, store: StoreId): Promise<ConnectionState> => {
  const [row] = await tx.sql`select * from woocommerce_connections where store = ${store}`;
  return row === undefined ? unknown : stateOf(row);
};

/** A fault is looked at again after this, whatever the schedule of checks says. */
const recheckMs = minutes(5);

export interface ConnectionsParts {
  /** The ledger, opened with `bridgeTables`. */
  readonly kept: SqlLedger;
  readonly vault: Pick<Vault, 'storefrontCredentials'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

const insertStore = (tx: SqlTransaction, store: StoreId, now: number) =>
  tx.sql`insert into woocommerce_connections (store, findings, next_check_at, failures)
    values (${store}, ${'[]'}, ${now}, ${0}) on conflict (store) do nothing`;

const writeFault = async (
  tx: SqlTransaction,
  store: StoreId,
  fault: ConnectionFault,
  now: number,
): Promise<void> => {
  await insertStore(tx, store, now);
  const [row] = await tx.sql`select strikes from woocommerce_connections where store = ${store}`;
  const { strikes, retryAt } = nextStrike(fault, Number(row?.strikes ?? 0), now);
  const soon = now + recheckMs;
  await tx.sql`update woocommerce_connections
    set fault_at = case when fault is null then ${now} else fault_at end, fault = ${fault},
      strikes = ${strikes}, retry_at = ${retryAt},
      next_check_at = case when next_check_at > ${soon} then ${soon} else next_check_at end
    where store = ${store}`;
};

export const createConnections = ({ kept, vault, clock, random }: ConnectionsParts): Connections => {
  const of = (store: StoreId): Promise<ConnectionState> => kept.transact((tx) => stateIn(tx, store));

  const hasKeys = async (store: StoreId): Promise<boolean> =>
    wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(store)).success;

  /** The command line stores keys beside us, and a next look may be hours away. */
  const forgetMissingKeys = async (store: StoreId, state: ConnectionState): Promise<ConnectionState> => {
    if (state.fault !== 'credentials-missing' || !(await hasKeys(store))) return state;
    await kept.transact(async (tx) => {
      await tx.sql`update woocommerce_connections set fault = null, fault_at = null, next_check_at = ${clock.now()}
        where store = ${store} and fault = ${state.fault}`;
    });
    return { ...state, fault: null, since: null };
  };

  return {
    admit: (store) =>
      kept.transact(async (tx): Promise<Admission> => {
        const now = clock.now();
        const [row] =
          await tx.sql`select fault, retry_at from woocommerce_connections where store = ${store}`;
        const retryAt = ms(row?.retry_at);
        const fault = faultSchema.safeParse(row?.fault);
        if (retryAt === null || !fault.success) return admitted;
        const [probe] = await tx.sql`update woocommerce_connections set retry_at = ${now + probeMs}
          where store = ${store} and retry_at <= ${now} returning store`;
        if (probe !== undefined) return admitted;
        const retryAfterMs = spread(Math.max(1, retryAt - now), random);
        return { kind: 'held-back', fault: fault.data, retryAfterMs };
      }),
    failed: (store, fault) => kept.transact((tx) => writeFault(tx, store, fault, clock.now())),
    answered: (store) =>
      kept.transact(async (tx) => {
        const [row] = await tx.sql`select strikes from woocommerce_connections where store = ${store}`;
        if (Number(row?.strikes ?? 0) === 0) return;
        await tx.sql`update woocommerce_connections set strikes = ${0}, retry_at = null where store = ${store}`;
      }),
    worked: (store) =>
      kept.transact(async (tx) => {
        const [row] = await tx.sql`select fault, strikes from woocommerce_connections where store = ${store}`;
        // A thousand calls that work write nothing.
        if (row === undefined || (row.fault === null && Number(row.strikes) === 0)) return;
        await tx.sql`update woocommerce_connections
          set fault = null, fault_at = null, strikes = ${0}, retry_at = null where store = ${store}`;
      }),
    async paired(store) {
      await kept.transact(async (tx) => {
        const { findings } = await stateIn(tx, store);
        const left = findings.filter(({ code }) => !endedByPairing.includes(code));
        await tx.sql`update woocommerce_connections set fault = null, fault_at = null
          where store = ${store} and fault = ${'not-paired'}`;
        await tx.sql`update woocommerce_connections set strikes = ${0}, retry_at = null where store = ${store}`;
        await tx.sql`update woocommerce_connections
          set findings = ${JSON.stringify(left)}, next_check_at = ${clock.now()} where store = ${store}`;
      });
    },
    of,
    restartSweeps: (store) =>
      kept.transact(async (tx) => {
        await tx.sql`update woocommerce_connections set swept_until = null, sweep_cursor = null,
          sweep_mode = null, next_sweep_at = null where store = ${store}`;
      }),
    findings: async (store) => {
      const { fault, findings } = await forgetMissingKeys(store, await of(store));
      return fault === null ? findings : [connectionFinding(fault), ...findings];
    },
  };
};
