import { type Clock, type Finding, minutes, type StoreId } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction, Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { type ConnectionFault, connectionFinding } from './connection-findings.ts';
import { wooCommerceCredentialsSchema } from './credentials.ts';

/** How a shop's connection stands, over restarts and replicas: a broken one keeps its queue and says why. */
export interface Connections {
  /** A call met this fault: the store is broken until one works. */
  failed(store: StoreId, fault: ConnectionFault): Promise<void>;
  worked(store: StoreId): Promise<void>;
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
}

export const createConnections = ({ kept, vault, clock }: ConnectionsParts): Connections => {
  // What this process wrote last, so that a thousand calls that work write nothing.
  const known = new Map<StoreId, ConnectionFault | null>();

  const note = async (store: StoreId, fault: ConnectionFault | null): Promise<void> => {
    if (known.get(store) === fault) return;
    const now = clock.now();
    await kept.transact(async (tx) => {
      await tx.sql`insert into woocommerce_connections (store, findings, next_check_at, failures)
        values (${store}, ${'[]'}, ${now}, ${0}) on conflict (store) do nothing`;
      if (fault === null) {
        await tx.sql`update woocommerce_connections set fault = null, fault_at = null
          where store = ${store} and fault is not null`;
        return;
      }
      const soon = now + recheckMs;
      await tx.sql`update woocommerce_connections
        set fault_at = case when fault is null then ${now} else fault_at end, fault = ${fault},
          next_check_at = case when next_check_at > ${soon} then ${soon} else next_check_at end
        where store = ${store}`;
    });
    known.set(store, fault);
  };

  const of = (store: StoreId): Promise<ConnectionState> => kept.transact((tx) => stateIn(tx, store));

  const hasKeys = async (store: StoreId): Promise<boolean> =>
    wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(store)).success;

  /** The command line stores keys beside us, and a next look may be hours away. */
  const forgetMissingKeys = async (store: StoreId, state: ConnectionState): Promise<ConnectionState> => {
    if (state.fault !== 'credentials-missing' || !(await hasKeys(store))) return state;
    known.delete(store);
    await kept.transact(async (tx) => {
      await tx.sql`update woocommerce_connections set fault = null, fault_at = null, next_check_at = ${clock.now()}
        where store = ${store} and fault = ${state.fault}`;
    });
    return { ...state, fault: null, since: null };
  };

  return {
    failed: note,
    worked: (store) => note(store, null),
    async paired(store) {
      known.delete(store);
      await kept.transact(async (tx) => {
        const { findings } = await stateIn(tx, store);
        const left = findings.filter(({ code }) => code !== 'plugin-not-paired');
        await tx.sql`update woocommerce_connections set fault = null, fault_at = null
          where store = ${store} and fault = ${'not-paired'}`;
        await tx.sql`update woocommerce_connections
          set findings = ${JSON.stringify(left)}, next_check_at = ${clock.now()} where store = ${store}`;
      });
    },
    of,
    restartSweeps: (store) =>
      kept.transact(async (tx) => {
        await tx.sql`update woocommerce_connections set swept_until = null, next_sweep_at = null where store = ${store}`;
      }),
    findings: async (store) => {
      const { fault, findings } = await forgetMissingKeys(store, await of(store));
      return fault === null ? findings : [connectionFinding(fault), ...findings];
    },
  };
};
