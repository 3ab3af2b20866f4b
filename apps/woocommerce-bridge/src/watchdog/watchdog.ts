import {
  type Clock,
  newRowId,
  type RandomBytes,
  randomFraction,
  type StoreId,
  storeIdSchema,
} from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction, Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import type { StoreCheck } from '../findings/check-store.ts';
import { nextLookMs, type WatchPolicy } from './schedule.ts';

export interface WatchdogParts {
  readonly ledger: SqlLedger;
  readonly vault: Pick<Vault, 'stores'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Logger;
  readonly policy: WatchPolicy;
  readonly check: (store: StoreId) => Promise<StoreCheck>;
  /** Then no further store is begun; its lease runs out and another process looks. */
  readonly isClosing: () => boolean;
}

/** One thing the watchdog did to a shop. */
export interface WatchdogAction {
  readonly at: number;
  readonly what: string;
}

/** Keeps shops connected: looks at each on a schedule, mends what it may and records what it did. */
export interface Watchdog {
  /** Looks at every store that is due, some at a time. @returns how many there were */
  round(): Promise<number>;
  /** Looks at one store now, whatever the schedule says. Looks that meet are one. */
  look(store: StoreId): Promise<StoreCheck>;
  /** What was done to a shop, the newest first. */
  actions(store: StoreId): Promise<readonly WatchdogAction[]>;
}

const kept = 50;

const insertStores = async (
  tx: SqlTransaction,
  stores: readonly StoreId[],
  at: (index: number) => number,
) => {
  for (const [index, store] of stores.entries())
    await tx.sql`insert into woocommerce_connections (store, findings, next_check_at, failures)
      values (${store}, ${'[]'}, ${at(index)}, ${0}) on conflict (store) do nothing`;
};

/** Due stores, leased: several processes may watch, one of them looks. */
const leaseDue = (tx: SqlTransaction, now: number, { storesPerRound, leaseMs }: WatchPolicy) =>
  tx.sql`update woocommerce_connections set next_check_at = ${now + leaseMs}
    where next_check_at <= ${now} and store in
      (select store from woocommerce_connections where next_check_at <= ${now} order by next_check_at limit ${storesPerRound})
    returning store`;

const record = async (
  { ledger, clock, random, policy }: WatchdogParts,
  store: StoreId,
  checked: StoreCheck,
): Promise<void> => {
  const now = clock.now();
  const chance = randomFraction(random);
  await ledger.transact(async (tx) => {
    const [row] = await tx.sql`select failures from woocommerce_connections where store = ${store}`;
    const failures = checked.kind === 'broken' ? Number(row?.failures ?? 0) + 1 : 0;
    const next = now + nextLookMs(policy, failures, chance);
    await insertStores(tx, [store], () => next);
    await tx.sql`update woocommerce_connections set failures = ${failures}, next_check_at = ${next}
      where store = ${store}`;
    if (checked.kind === 'broken') return;
    // It could not tell us of its orders meanwhile.
    if (Number(row?.failures ?? 0) > 0 || checked.actions.some(({ done }) => done !== 'paused'))
      await tx.sql`update woocommerce_connections set next_sweep_at = ${now}
        where store = ${store} and next_sweep_at > ${now}`;
    await tx.sql`update woocommerce_connections
      set findings = ${JSON.stringify(checked.findings)}, checked_at = ${now} where store = ${store}`;
    for (const { topic, done, hook } of checked.actions.filter((action) => action.done !== 'paused'))
      await tx.sql`insert into woocommerce_actions (id, store, at, what)
        values (${newRowId(random)}, ${store}, ${now}, ${`webhook ${hook} of ${topic} ${done}`})`;
    await tx.sql`delete from woocommerce_actions where store = ${store} and id not in
      (select id from woocommerce_actions where store = ${store} order by at desc, id limit ${kept})`;
  });
};

export const createWatchdog = (parts: WatchdogParts): Watchdog => {
  const { ledger, vault, clock, log, policy, check, isClosing } = parts;
  const looking = new Map<StoreId, Promise<StoreCheck>>();
  let seededAt = Number.NEGATIVE_INFINITY;

  /** New stores take their turn within the first interval; an owner who connects one is not kept waiting by it. */
  const seed = async (now: number): Promise<void> => {
    if (now - seededAt < policy.seedMs) return;
    seededAt = now;
    const stores = (await vault.stores()).filter(({ platform }) => platform === 'woocommerce');
    const known = await ledger.transact((tx) => tx.sql`select store from woocommerce_connections`);
    const there = new Set(known.map(({ store }) => store));
    const fresh = stores.map(({ id }) => id).filter((id) => !there.has(id));
    const step = Math.min(1_000, policy.everyMs / Math.max(1, fresh.length));
    await ledger.transact((tx) => insertStores(tx, fresh, (index) => Math.round(now + index * step)));
  };

  const look = (store: StoreId): Promise<StoreCheck> => {
    const under = looking.get(store);
    if (under !== undefined) return under;
    const mine = check(store)
      .then(async (checked) => {
        await record(parts, store, checked);
        const fields =
          checked.kind === 'broken' ? { fault: checked.fault } : { actions: checked.actions.length };
        log.info({ store, ...fields }, checked.kind === 'broken' ? 'shop is broken' : 'shop looked at');
        return checked;
      })
      .finally(() => looking.delete(store));
    looking.set(store, mine);
    return mine;
  };

  const lookInTurn = async (queue: StoreId[]): Promise<void> => {
    for (let store = queue.shift(); store !== undefined && !isClosing(); store = queue.shift())
      await look(store).catch((error: unknown) => log.error({ err: error }, 'look at a shop failed'));
  };

  return {
    look,
    async round() {
      const now = clock.now();
      await seed(now);
      const due = await ledger.transact((tx) => leaseDue(tx, now, policy));
      const queue = due.map(({ store }) => storeIdSchema.parse(store));
      const count = queue.length;
      await Promise.all(Array.from({ length: policy.atOnce }, () => lookInTurn(queue)));
      return count;
    },
    async actions(store) {
      const rows = await ledger.transact(
        (tx) => tx.sql`select at, what from woocommerce_actions where store = ${store} order by at desc, id`,
      );
      return rows.map(({ at, what }) => ({ at: Number(at), what: String(what) }));
    },
  };
};
