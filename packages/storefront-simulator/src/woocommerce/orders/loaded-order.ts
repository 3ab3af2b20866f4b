import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../store/store.ts';
import { orderEvent } from '../webhooks/events.ts';
import { cutTransactionId, type Meta, type Order } from './order.ts';

/**
 * An order object as a PHP process holds it: a copy of the row as it was read. Saving writes the fields that this
 * copy changed, so what another process wrote in between to other fields stays, and to the same field is lost.
 */
export interface LoadedOrder {
  readonly id: number;
  read: Order;
  readonly data: Order;
}

export const loadOrder = (store: Store, id: number): LoadedOrder | undefined => {
  const row = store.orders.get(id);
  return row === undefined ? undefined : { id, read: structuredClone(row), data: structuredClone(row) };
};

const storedMeta = (store: Store, meta: Meta): Meta =>
  meta.id === 0 ? { ...meta, id: store.nextId('orderMeta') } : meta;

/** Meta rows are saved one by one: a new key of two processes ends up twice. */
const mergeMeta = (row: Order, { read, data }: LoadedOrder): readonly Meta[] => {
  const known = new Set(read.metaData.map(({ id }) => id));
  const held = new Set(data.metaData.map(({ id }) => id));
  const changed = data.metaData.filter((meta) => !read.metaData.some((old) => isDeepStrictEqual(old, meta)));
  const kept = row.metaData
    .filter(({ id }) => held.has(id) || !known.has(id))
    .map((meta) => changed.find(({ id }) => id === meta.id) ?? meta);
  return [...kept, ...changed.filter(({ id }) => !known.has(id))];
};

const FIELDS = [
  'status',
  'currency',
  'total',
  'customerNote',
  'billing',
  'shipping',
  'paymentMethod',
  'paymentMethodTitle',
  'transactionId',
  'dateCompleted',
  'datePaid',
  'lineItems',
] as const;

const copyChanged = <Key extends (typeof FIELDS)[number]>(key: Key, row: Order, from: LoadedOrder): void => {
  if (!isDeepStrictEqual(from.read[key], from.data[key])) row[key] = from.data[key];
};

/**
 * Writes the changed fields; every save moves `date_modified` and fires `woocommerce_update_order`, even when
 * nothing changed. The copy is not refreshed from the row. Status effects are `saveOrder`'s business.
 */
export const writeRow = (store: Store, loaded: LoadedOrder): Order | undefined => {
  const row = store.orders.get(loaded.id);
  if (row === undefined) return undefined;
  const { data } = loaded;
  data.transactionId = cutTransactionId(data.transactionId);
  data.metaData = data.metaData.map((meta) => storedMeta(store, meta));
  data.dateModified = store.now();
  for (const key of FIELDS) copyChanged(key, row, loaded);
  row.metaData = mergeMeta(row, loaded);
  row.dateModified = data.dateModified;
  loaded.read = structuredClone(data);
  orderEvent(store, 'updated', row.id);
  return row;
};
