import {
  type Clock,
  minutes,
  type OrderKey,
  orderKeySchema,
  type StoreId,
  wireId,
} from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';

export interface SweepPolicy {
  readonly everyMs: number;
  /** Looked at again each time: the two clocks differ, and orders of one second come on two pages. */
  readonly overlapMs: number;
  readonly pagesAtMost: number;
}

export const sweepPolicy: SweepPolicy = { everyMs: minutes(5), overlapMs: minutes(5), pagesAtMost: 10 };

export interface OrderSweep {
  readonly ledger: SqlLedger;
  readonly shops: ShopClient;
  readonly clock: Clock;
  readonly policy: SweepPolicy;
}

const perPage = 100;

const changedOrder = z.object({
  id: wireId.transform((id) => orderKeySchema.parse(id)),
  status: z.string(),
  payment_method: z.string(),
  date_modified_gmt: z.string(),
  refunds: z.array(z.unknown()).default([]),
});
type ChangedOrder = z.output<typeof changedOrder>;

/** WordPress' own way to write a moment: UTC, without the Z. */
const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
const momentOf = (text: string): number => Date.parse(`${text}Z`);

type Page = { readonly kind: 'page'; readonly orders: readonly ChangedOrder[] } | ShopFailure;

const readPage = async (
  shops: ShopClient,
  connection: ShopConnection,
  since: number,
  page: number,
): Promise<Page> => {
  const query = {
    modified_after: gmt(since),
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
    per_page: String(perPage),
    page: String(page),
  };
  const answer = await shops.call(connection, { version: 'wc/v3', method: 'get', endpoint: 'orders', query });
  if (answer.kind === 'fault') return answer;
  const read = answer.status === 200 ? z.array(changedOrder).safeParse(answer.body) : undefined;
  return read?.success
    ? { kind: 'page', orders: read.data }
    : { kind: 'fault', fault: 'answer-not-understood' };
};

const waits = new Set(['pending', 'on-hold', 'failed']);

/** What its webhook would have led to, if it has not been done: a look costs the shop nothing where all is known. */
const needsFollowing = async (
  tx: SqlTransaction,
  store: StoreId,
  { id, status, refunds }: ChangedOrder,
): Promise<boolean> => {
  if (refunds.length > 0) return (await tx.orders.byKey(store, id)) !== undefined;
  const [page] = await tx.pages.ofOrder(store, id);
  if (page === undefined) return waits.has(status);
  const order = await tx.orders.byKey(store, id);
  return !waits.has(status) && order?.state !== 'ended' && (await tx.claims.byOrder(store, id)) === undefined;
};

const enqueue = (
  { ledger, clock }: OrderSweep,
  store: StoreId,
  orders: readonly ChangedOrder[],
  until: number,
): Promise<readonly OrderKey[]> =>
  ledger.transact(async (tx) => {
    const followed: OrderKey[] = [];
    for (const order of orders) {
      if (!(await needsFollowing(tx, store, order))) continue;
      await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey: order.id }, clock.now());
      followed.push(order.id);
    }
    await tx.sql`update woocommerce_connections set swept_until = ${until} where store = ${store}`;
    return followed;
  });

/** Takes the store's turn, and says where the last one ended. A store that is new to it begins now, not in its past. */
const takeTurn = ({ ledger, clock, policy }: OrderSweep, store: StoreId): Promise<number | undefined> =>
  ledger.transact(async (tx) => {
    const now = clock.now();
    const [row] = await tx.sql`update woocommerce_connections set next_sweep_at = ${now + policy.everyMs}
      where store = ${store} and (next_sweep_at is null or next_sweep_at <= ${now}) returning swept_until`;
    if (row === undefined) return undefined;
    return row.swept_until === null ? now : Number(row.swept_until);
  });

/**
 * WooCommerce delivers its webhooks when somebody visits the shop, and repeats none that failed (woocommerce.md 4.2).
 * Where a payment begins with one, the changed orders are also asked for, every few minutes.
 * @returns the orders that will be followed
 */
export const sweepOrders = async (sweep: OrderSweep, store: StoreId): Promise<readonly OrderKey[]> => {
  const { shops, policy } = sweep;
  const shop = await shops.open(store);
  if (shop.kind === 'fault') return [];
  const { restOnly } = readStoreSettings(shop.store.settings);
  const from = restOnly === null ? undefined : await takeTurn(sweep, store);
  if (restOnly === null || from === undefined) return [];
  const followed: OrderKey[] = [];
  let until = from;
  for (let page = 1; page <= policy.pagesAtMost; page += 1) {
    const read = await readPage(shops, shop.connection, from - policy.overlapMs, page);
    if (read.kind === 'fault') {
      await shops.unavailable(store, read);
      return followed;
    }
    until = Math.max(until, ...read.orders.map((order) => momentOf(order.date_modified_gmt)));
    const ours = read.orders.filter(({ payment_method }) => restOnly.methods.includes(payment_method));
    followed.push(...(await enqueue(sweep, store, ours, until)));
    if (read.orders.length < perPage) break;
  }
  return followed;
};
