import {
  type Clock,
  type OrderKey,
  orderKeySchema,
  type RandomBytes,
  wireId,
} from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { OpenedShop, ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { type OrderIdentities, orderKeyHash } from '../woocommerce/order-identities.ts';
import { beginsPayment, type ChangedOrder, needsFollowing } from './needs-following.ts';
import { nextSweepMs, type SweepPolicy } from './schedule.ts';
import { advance, type Listed, queryOf, type SweepCursor } from './sweep-cursor.ts';
import { endTurn, keepCursor, putOff, type Turn } from './turns.ts';

export interface OrderSweep {
  readonly ledger: SqlLedger;
  readonly shops: ShopClient;
  readonly identities: Pick<OrderIdentities, 'named' | 'find'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly policy: SweepPolicy;
  /** Then no further page is asked for; the cursor is kept. */
  readonly isClosing: () => boolean;
}

const listedOrder = z
  .object({
    id: wireId,
    status: z.string(),
    order_key: z.string().default(''),
    payment_method: z.string().default(''),
    date_modified_gmt: z.string(),
    refunds: z.array(z.unknown()).default([]),
  })
  .transform(({ id, status, order_key, payment_method: method, date_modified_gmt, refunds }) => ({
    id: orderKeySchema.parse(id),
    modifiedAt: Date.parse(`${date_modified_gmt}Z`),
    status,
    keyHash: orderKeyHash(order_key),
    method,
    hasRefunds: refunds.length > 0,
  }))
  .refine(({ modifiedAt }) => !Number.isNaN(modifiedAt));

type ListedOrder = Listed & ChangedOrder & { readonly id: OrderKey; readonly keyHash: string | null };

type Page =
  | {
      readonly kind: 'page';
      readonly orders: readonly ListedOrder[];
      /** The shop's, ms; null: it did not say. */
      readonly clock: number | null;
    }
  | ShopFailure;

const notUnderstood: ShopFailure = { kind: 'fault', fault: 'answer-not-understood' };

const readPage = async (
  { shops }: OrderSweep,
  { connection }: OpenedShop,
  cursor: SweepCursor,
): Promise<Page> => {
  const answer = await shops.call(connection, {
    version: 'wc/v3',
    method: 'get',
    endpoint: 'orders',
    query: queryOf(cursor),
  });
  if (answer.kind === 'fault') return answer;
  const read = answer.status === 200 ? z.array(listedOrder).safeParse(answer.body) : undefined;
  return read?.success ? { kind: 'page', orders: read.data, clock: answer.clock } : notUnderstood;
};

/** The jobs of a page, and that it was read, in one commit. */
const enqueue = async (
  { ledger, identities, clock }: OrderSweep,
  turn: Turn,
  methods: readonly string[],
  orders: readonly ListedOrder[],
  cursor: SweepCursor,
): Promise<readonly OrderKey[]> => {
  const { store, mode } = turn;
  const named = await Promise.all(
    orders.map(async (order) => ({
      order,
      keys: await identities.named(store, order.id),
      isNew: (await identities.find(store, order.id, order.keyHash)) === undefined,
    })),
  );
  return ledger.transact(async (tx) => {
    const followed: OrderKey[] = [];
    for (const { order, keys, isNew } of named)
      for (const orderKey of keys) {
        // Under the number of an order that is gone; the job of that one finds it.
        const begins = isNew && beginsPayment(order, mode, methods);
        if (!begins && !(await needsFollowing(tx, store, orderKey, order, { mode, methods }))) continue;
        await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, clock.now());
        followed.push(orderKey);
      }
    await keepCursor(tx, turn, cursor);
    return followed;
  });
};

type Swept =
  | { readonly kind: 'all'; readonly until: number; readonly followed: readonly OrderKey[] }
  | { readonly kind: 'more'; readonly followed: readonly OrderKey[] }
  | { readonly kind: 'failed'; readonly failure: ShopFailure; readonly followed: readonly OrderKey[] };

/** An idle shop's last orders are not looked at for ever. */
const untilOf = ({ policy }: OrderSweep, { at }: SweepCursor, shopClock: number | null): number =>
  shopClock === null ? at : Math.max(at, shopClock - policy.overlapMs);

const readPages = async (sweep: OrderSweep, turn: Turn, shop: OpenedShop): Promise<Swept> => {
  const methods = readStoreSettings(shop.store.settings).restOnly?.methods ?? [];
  const followed: OrderKey[] = [];
  let { cursor } = turn;
  for (let page = 1; page <= sweep.policy.pagesPerTurn && !sweep.isClosing(); page += 1) {
    const read = await readPage(sweep, shop, cursor);
    if (read.kind === 'fault') return { kind: 'failed', failure: read, followed };
    const next = advance(cursor, read.orders);
    if (next.kind === 'stuck') return { kind: 'failed', failure: notUnderstood, followed };
    cursor = next.cursor;
    followed.push(...(await enqueue(sweep, turn, methods, read.orders, cursor)));
    if (next.kind === 'end') return { kind: 'all', until: untilOf(sweep, cursor, read.clock), followed };
  }
  return { kind: 'more', followed };
};

const fail = async (sweep: OrderSweep, turn: Turn, failure: ShopFailure): Promise<void> => {
  const { ledger, shops, clock, random, policy } = sweep;
  const failures = turn.failures + 1;
  const wait = nextSweepMs(policy, turn.mode, failures, random);
  await putOff(ledger, turn, failures, clock.now() + Math.max(wait, failure.retryAfterMs ?? 0));
  // A store without keys is known to be one; whoever looks at it says so.
  if (failure.fault !== 'credentials-missing') await shops.unavailable(turn.store, failure);
};

/**
 * WooCommerce delivers its webhooks when somebody visits the shop, and repeats none that failed (woocommerce.md 4.2).
 * So the changed orders are also asked for: every few minutes where a payment begins with one, every hour where the
 * plugin begins it, and at once when our webhooks had been off.
 * @returns the orders that will be followed
 */
export const sweepOrders = async (sweep: OrderSweep, turn: Turn): Promise<readonly OrderKey[]> => {
  const { ledger, shops, clock, random, policy } = sweep;
  const shop = await shops.open(turn.store);
  if (shop.kind === 'fault') {
    await fail(sweep, turn, shop);
    return [];
  }
  const swept = await readPages(sweep, turn, shop);
  switch (swept.kind) {
    case 'failed':
      await fail(sweep, turn, swept.failure);
      return swept.followed;
    case 'more':
      await shops.answered(turn.store);
      await putOff(ledger, turn, 0, clock.now());
      return swept.followed;
    case 'all':
      await shops.answered(turn.store);
      await endTurn(ledger, turn, swept.until, clock.now() + nextSweepMs(policy, turn.mode, 0, random));
      return swept.followed;
    default: {
      const never: never = swept;
      return never;
    }
  }
};
