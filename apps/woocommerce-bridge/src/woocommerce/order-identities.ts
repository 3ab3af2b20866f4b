import { type OrderKey, orderKeySchema, type StoreId, sha256Hex } from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction } from '@gatewright/payment-ledger';

/**
 * Which order a number means. A shop whose database was restored gives numbers again, and an old page or claim would
 * meet a new order; WooCommerce's order key is random and made once. The first order of a number has the number as
 * its key in the ledger, the ones after it `42.2`, `42.3`. Only SHA-256 of the shop's key is kept: the key itself opens
 * the customer's page of the order.
 */
export interface OrderIdentities {
  /**
   * The order that is asked about; undefined: its number was another order's, and nothing was ever started for this one.
   * @param keyHash null: the caller knows of no keys, the newest order of that number is meant
   */
  find(store: StoreId, orderId: string, keyHash: string | null): Promise<OrderKey | undefined>;
  /** The order a payment is asked for. The one that had its number before is looked for in the shop by a job. */
  open(store: StoreId, orderId: string, keyHash: string | null): Promise<OrderKey>;
  /** Every order that had this number; the number itself where none is known. */
  named(store: StoreId, orderId: string): Promise<readonly OrderKey[]>;
  of(store: StoreId, orderKey: OrderKey): Promise<OrderIdentity>;
}

export interface OrderIdentity {
  /** Null for an order of a plugin that sent none. */
  readonly keyHash: string | null;
  /** Other orders had or have the same number. */
  readonly shared: boolean;
  /** A newer order came under its number. */
  readonly replaced: boolean;
}

/** The shop's own id of an order. */
export const shopOrderId = (orderKey: OrderKey): string => orderKey.split('.')[0] ?? orderKey;

/** Lower-case hexadecimal; null for an order without a key. */
export const orderKeyHash = (orderKey: string): string | null =>
  orderKey === '' ? null : sha256Hex(new TextEncoder().encode(orderKey));

interface Known {
  readonly keyHash: string;
  readonly orderKey: OrderKey;
}

/** Oldest first. */
const knownOrders = async (tx: SqlTransaction, store: StoreId, orderId: string): Promise<Known[]> => {
  const rows = await tx.sql`select key_hash, order_key from woocommerce_order_keys
    where store = ${store} and order_id = ${orderId} order by generation`;
  return rows.map((row) => ({
    keyHash: String(row.key_hash),
    orderKey: orderKeySchema.parse(row.order_key),
  }));
};

const insert = (
  tx: SqlTransaction,
  { store, orderId, keyHash }: { store: StoreId; orderId: string; keyHash: string },
  generation: number,
) => {
  const orderKey = generation === 1 ? orderId : `${orderId}.${generation}`;
  return tx.sql`insert into woocommerce_order_keys (store, order_id, generation, key_hash, order_key)
    values (${store}, ${orderId}, ${generation}, ${keyHash}, ${orderKey})
    on conflict do nothing returning order_key`;
};

/** Two checkouts of the same new order at once: one inserts, the other one finds its row. */
const attempts = 5;

export const createOrderIdentities = (ledger: SqlLedger, now: () => number): OrderIdentities => {
  const known = (store: StoreId, orderId: string) => ledger.transact((tx) => knownOrders(tx, store, orderId));

  const tryOpen = (store: StoreId, orderId: string, keyHash: string): Promise<OrderKey | undefined> =>
    ledger.transact(async (tx) => {
      const orders = await knownOrders(tx, store, orderId);
      const same = orders.find((order) => order.keyHash === keyHash);
      if (same) return same.orderKey;
      const [row] = await insert(tx, { store, orderId, keyHash }, orders.length + 1);
      const before = orders.at(-1);
      if (row && before)
        await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey: before.orderKey }, now());
      return row && orderKeySchema.parse(row.order_key);
    });

  return {
    async find(store, orderId, keyHash) {
      const orders = await known(store, orderId);
      const meant = keyHash === null ? orders.at(-1) : orders.find((order) => order.keyHash === keyHash);
      if (meant) return meant.orderKey;
      // From before keys were kept, or of a plugin that sends none.
      return orders.length === 0 ? orderKeySchema.parse(orderId) : undefined;
    },

    async open(store, orderId, keyHash) {
      if (keyHash === null) {
        const orders = await known(store, orderId);
        return orders.at(-1)?.orderKey ?? orderKeySchema.parse(orderId);
      }
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const orderKey = await tryOpen(store, orderId, keyHash);
        if (orderKey !== undefined) return orderKey;
      }
      throw new Error('an order key was neither found nor stored');
    },

    async named(store, orderId) {
      const orders = await known(store, orderId);
      return orders.length === 0 ? [orderKeySchema.parse(orderId)] : orders.map(({ orderKey }) => orderKey);
    },

    async of(store, orderKey) {
      const orders = await known(store, shopOrderId(orderKey));
      const at = orders.findIndex((order) => order.orderKey === orderKey);
      return {
        keyHash: orders[at]?.keyHash ?? null,
        shared: orders.length > 1,
        replaced: at >= 0 && at < orders.length - 1,
      };
    },
  };
};
