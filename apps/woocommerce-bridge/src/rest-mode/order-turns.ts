import {
  type Clock,
  minutes,
  newRowId,
  type OrderKey,
  type RandomBytes,
  type StoreId,
} from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { shopOrderId } from '../woocommerce/order-identities.ts';

/** Longer than the few calls of one turn can take; a process that died gives the order back after it. */
const turnMs = minutes(3);

/**
 * One writer per order of the shop at a time, over all replicas: plain `wc/v3` has no lock of its own, and parallel writes pay an
 * order several times (woocommerce.md 3.1).
 */
export interface OrderTurns {
  /** Undefined: another writer has the order now. */
  inTurn<T>(store: StoreId, orderKey: OrderKey, work: () => Promise<T>): Promise<T | undefined>;
}

export const createOrderTurns = (ledger: SqlLedger, clock: Clock, random: RandomBytes): OrderTurns => {
  // Writers of this process wait for each other; those of other processes are told apart by the ledger.
  const queues = new Map<string, Promise<unknown>>();

  const take = (store: StoreId, order: string, holder: string) =>
    ledger.transact((tx) => {
      const now = clock.now();
      return tx.sql`insert into woocommerce_turns (store, order_key, holder, ends_at)
        values (${store}, ${order}, ${holder}, ${now + turnMs})
        on conflict (store, order_key) do update set holder = excluded.holder, ends_at = excluded.ends_at
          where woocommerce_turns.ends_at <= ${now}
        returning holder`;
    });

  const leased = async <T>(store: StoreId, order: string, work: () => Promise<T>): Promise<T | undefined> => {
    const holder = newRowId(random);
    if ((await take(store, order, holder)).length === 0) return undefined;
    try {
      return await work();
    } finally {
      await ledger.transact(
        (tx) => tx.sql`delete from woocommerce_turns
          where store = ${store} and order_key = ${order} and holder = ${holder}`,
      );
    }
  };

  return {
    inTurn(store, orderKey, work) {
      const order = shopOrderId(orderKey);
      const key = `${store} ${order}`;
      const before = queues.get(key) ?? Promise.resolve();
      const mine = before.then(() => leased(store, order, work));
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      queues.set(key, settled);
      void settled.then(() => {
        if (queues.get(key) === settled) queues.delete(key);
      });
      return mine;
    },
  };
};
