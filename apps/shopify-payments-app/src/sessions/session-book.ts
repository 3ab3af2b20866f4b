import {
  currencyCodeSchema,
  decimalSchema,
  type Money,
  type OrderKey,
  orderKeySchema,
  type PageId,
  pageIdSchema,
  type StoreId,
  storeIdSchema,
} from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction } from '@gatewright/payment-ledger';
import {
  type PaymentOperation,
  paymentOperations,
  type RejectCode,
  rejectCodes,
} from '../payments-api/mutation.ts';
import { type ShopDomain, shopDomainSchema } from './session-headers.ts';

/** What Shopify has been told: the first final state stands (contract 2.7); pending is not final. */
export type SessionState = 'started' | 'pending' | 'resolved' | 'rejected';

/** A payment session: one try of a checkout to be paid. All tries of a checkout have one `group`. */
export interface SessionRow {
  readonly shop: ShopDomain;
  readonly id: string;
  readonly gid: string;
  readonly store: StoreId;
  readonly group: OrderKey;
  readonly kind: 'sale' | 'authorization';
  readonly amount: Money;
  readonly cancelUrl: string;
  readonly page: PageId;
  /** The language of the shop's staff in Shopify's admin, BCP 47. */
  readonly merchantLocale: string | null;
  /** What Shopify was answered, and is answered for ever. */
  readonly redirectUrl: string;
  readonly state: SessionState;
  /** Where Shopify wants the buyer after a resolve or a pending. */
  readonly nextUrl: string | null;
  /** When the buyer last chose to pay on this session's page, ms. */
  readonly committedAt: number | null;
  /** When Shopify ends a pending session by itself, ms. */
  readonly pendedUntil: number | null;
  /** Why Shopify is, or will be, told that this session cannot be paid. */
  readonly rejection: RejectCode | null;
  /** What Shopify did not take because it had ended the session before, by itself or by somebody else. */
  readonly endedBefore: PaymentOperation | null;
  readonly createdAt: number;
}

/** Of a session that Shopify has just asked for: nobody has paid, and Shopify was told nothing. */
export const begun = {
  state: 'started',
  nextUrl: null,
  committedAt: null,
  pendedUntil: null,
  rejection: null,
  endedBefore: null,
} as const satisfies Partial<SessionRow>;

export interface SessionBook {
  /** Writes the session unless it is there; answers the one that is. */
  begin(row: SessionRow): Promise<SessionRow>;
  byId(shop: ShopDomain, id: string): Promise<SessionRow | undefined>;
  byPage(page: PageId): Promise<SessionRow | undefined>;
  /** Oldest first. */
  ofGroup(store: StoreId, group: OrderKey): Promise<readonly SessionRow[]>;
  /** The claim of the payment that the core has settle this checkout. */
  claimOf(store: StoreId, group: OrderKey): Promise<string | undefined>;
  /** Newest first; `before` is the last one of the page before. */
  ofShop(
    shop: ShopDomain,
    before: Pick<SessionRow, 'createdAt' | 'id'> | undefined,
    limit: number,
  ): Promise<readonly SessionRow[]>;
  /** The buyer chose to pay on this page. A page that is not there is none of ours. */
  commitPage(page: string, at: number): Promise<void>;
  /** A final state stays; a pending one may become final. */
  told(
    shop: ShopDomain,
    id: string,
    state: SessionState,
    nextUrl: string | null,
    pendedUntil?: number,
  ): Promise<void>;
  /** Shopify refuses `operation`, because it holds another end of the session. */
  endedBefore(shop: ShopDomain, id: string, operation: PaymentOperation): Promise<void>;
}

const states: readonly SessionState[] = ['started', 'pending', 'resolved', 'rejected'];

const stateOf = (value: SqlRow[string] | undefined): SessionState => {
  const state = states.find((known) => known === value);
  if (state === undefined) throw new Error('a session has a state we never wrote');
  return state;
};

const textOrNull = (value: SqlRow[string] | undefined): string | null =>
  typeof value === 'string' ? value : null;

const numberOrNull = (value: SqlRow[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export const sessionOf = (row: SqlRow): SessionRow => ({
  shop: shopDomainSchema.parse(row.shop),
  id: String(row.id),
  gid: String(row.gid),
  store: storeIdSchema.parse(row.store),
  group: orderKeySchema.parse(row.order_group),
  kind: row.kind === 'sale' ? 'sale' : 'authorization',
  amount: {
    amount: decimalSchema.parse(row.amount),
    currency: currencyCodeSchema.parse(row.currency),
  },
  cancelUrl: String(row.cancel_url),
  page: pageIdSchema.parse(row.page),
  merchantLocale: textOrNull(row.merchant_locale),
  redirectUrl: String(row.redirect_url),
  state: stateOf(row.state),
  nextUrl: textOrNull(row.next_url),
  committedAt: numberOrNull(row.committed_at),
  pendedUntil: numberOrNull(row.pended_until),
  rejection: rejectCodes.find((code) => code === row.rejection) ?? null,
  endedBefore: paymentOperations.find((operation) => operation === row.ended_before) ?? null,
  createdAt: Number(row.created_at),
});

const find = async (tx: SqlTransaction, shop: ShopDomain, id: string): Promise<SessionRow | undefined> => {
  const [row] = await tx.sql`select * from shopify_sessions where shop = ${shop} and id = ${id}`;
  return row && sessionOf(row);
};

const insert = (tx: SqlTransaction, row: SessionRow) =>
  tx.sql`insert into shopify_sessions
    (shop, id, gid, store, order_group, kind, amount, currency, cancel_url, page, merchant_locale, redirect_url, state,
      created_at)
    values (${row.shop}, ${row.id}, ${row.gid}, ${row.store}, ${row.group}, ${row.kind}, ${row.amount.amount},
      ${row.amount.currency}, ${row.cancelUrl}, ${row.page}, ${row.merchantLocale}, ${row.redirectUrl}, ${row.state}, ${row.createdAt})
    on conflict (shop, id) do nothing`;

export const createSessionBook = (ledger: SqlLedger): SessionBook => ({
  begin: (row) =>
    ledger.transact(async (tx) => {
      await insert(tx, row);
      return (await find(tx, row.shop, row.id)) ?? row;
    }),
  byId: (shop, id) => ledger.transact((tx) => find(tx, shop, id)),
  byPage: (page) =>
    ledger.transact(async (tx) => {
      const [row] = await tx.sql`select * from shopify_sessions where page = ${page}`;
      return row && sessionOf(row);
    }),
  ofGroup: (store, group) =>
    ledger.transact(async (tx) => {
      const rows = await tx.sql`select * from shopify_sessions
        where store = ${store} and order_group = ${group} order by created_at, id`;
      return rows.map(sessionOf);
    }),
  claimOf: (store, group) =>
    ledger.transact(async ({ claims }) => {
      const row = await claims.byOrder(store, group);
      return row?.state === 'released' ? undefined : row?.claim;
    }),
  ofShop: (shop, before, limit) =>
    ledger.transact(async (tx) => {
      const rows = before
        ? await tx.sql`select * from shopify_sessions
            where shop = ${shop} and (created_at, id) < (${before.createdAt}, ${before.id})
            order by created_at desc, id desc limit ${limit}`
        : await tx.sql`select * from shopify_sessions
            where shop = ${shop} order by created_at desc, id desc limit ${limit}`;
      return rows.map(sessionOf);
    }),
  commitPage: (page, at) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set committed_at = ${at} where page = ${page}`;
    }),
  told: (shop, id, state, nextUrl, pendedUntil) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set state = ${state}, next_url = coalesce(${nextUrl}, next_url),
          pended_until = coalesce(pended_until, ${pendedUntil ?? null})
        where shop = ${shop} and id = ${id} and state in ('started', 'pending')`;
    }),
  endedBefore: (shop, id, operation) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set ended_before = ${operation} where shop = ${shop} and id = ${id}`;
    }),
});
