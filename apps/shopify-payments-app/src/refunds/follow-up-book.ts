import { currencyCodeSchema, decimalSchema, type Money } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction } from '@gatewright/payment-ledger';
import { type FollowUpKind, followUpKinds } from '../sessions/follow-up.ts';
import { type ShopDomain, shopDomainSchema } from '../sessions/session-headers.ts';

/**
 * How far a refund, capture or void has come.
 * - `asked`: nothing was done yet. `checking`: the gateway was asked and its answer is not known.
 * - `by-hand`: the gateway cannot do it; a merchant approves (has paid it back) or declines.
 * - `done`, `declined`: decided; Shopify is told until it knows (`told`).
 */
export type FollowUpState = 'asked' | 'checking' | 'by-hand' | 'done' | 'declined';

export interface FollowUpRow {
  readonly shop: ShopDomain;
  readonly id: string;
  readonly kind: FollowUpKind;
  readonly gid: string;
  /** Id of the payment session. */
  readonly payment: string;
  readonly amount: Money | null;
  /** The language of the shop's staff in Shopify's admin, BCP 47. */
  readonly merchantLocale: string | null;
  readonly state: FollowUpState;
  /** For the merchant: what to do, or why it was declined. */
  readonly note: string | null;
  /** What Shopify was told and took, or that it refuses it; null while it does not know. */
  readonly told: 'resolved' | 'rejected' | 'refused' | null;
  readonly createdAt: number;
  /** When it was done or declined, ms. */
  readonly decidedAt: number | null;
  /** Why Shopify could not be told when it was last tried. */
  readonly trouble: string | null;
}

export type FollowUpKey = Pick<FollowUpRow, 'shop' | 'kind' | 'id'>;

export interface FollowUpBook {
  /** Writes it unless it is there; answers the one that is. */
  begin(row: FollowUpRow): Promise<FollowUpRow>;
  byKey(key: FollowUpKey): Promise<FollowUpRow | undefined>;
  /** Oldest first; what waits for the merchant of a shop: to be paid back, or to be looked up at the gateway. */
  byHand(
    shop: ShopDomain,
    after: Pick<FollowUpRow, 'createdAt' | 'id'> | undefined,
    limit: number,
  ): Promise<readonly FollowUpRow[]>;
  /** How many of those there are, counted up to `most`. @param before only those that were asked for until then, ms */
  countByHand(shop: ShopDomain, most: number, before?: number): Promise<number>;
  /** Oldest first. */
  ofPayment(shop: ShopDomain, payment: string): Promise<readonly FollowUpRow[]>;
  /** Decided before `since`, and Shopify does not know it yet. Oldest decision first. @param after the last one before */
  untold(
    shop: ShopDomain,
    since: number,
    limit: number,
    after?: Pick<FollowUpRow, 'kind' | 'id' | 'decidedAt'>,
  ): Promise<readonly FollowUpRow[]>;
  /** Takes what is due and leases it: no other process takes it before `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly FollowUpRow[]>;
  /** A decision that stands is never replaced. @returns whether this one was written */
  decide(
    key: FollowUpKey,
    state: Exclude<FollowUpState, 'asked'>,
    note: string | null,
    at: number,
  ): Promise<boolean>;
  /** Shopify asks for it once more: what is decided and not known there is told now. */
  askedAgain(key: FollowUpKey, at: number): Promise<void>;
  told(key: FollowUpKey, told: 'resolved' | 'rejected' | 'refused'): Promise<void>;
  /** @param trouble why Shopify could not be told; null where nothing is wrong */
  again(key: FollowUpKey, at: number, trouble: string | null): Promise<void>;
}

const states: readonly FollowUpState[] = ['asked', 'checking', 'by-hand', 'done', 'declined'];

const tolds = ['resolved', 'rejected', 'refused'] as const;

const oneOf = <T extends string>(known: readonly T[], value: SqlRow[string] | undefined): T => {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new Error('a follow-up holds a word we never wrote');
  return found;
};

const moneyOf = (row: SqlRow): Money | null =>
  row.amount === null
    ? null
    : { amount: decimalSchema.parse(row.amount), currency: currencyCodeSchema.parse(row.currency) };

const rowOf = (row: SqlRow): FollowUpRow => ({
  shop: shopDomainSchema.parse(row.shop),
  id: String(row.id),
  kind: oneOf(followUpKinds, row.kind),
  gid: String(row.gid),
  payment: String(row.payment),
  amount: moneyOf(row),
  merchantLocale: typeof row.merchant_locale === 'string' ? row.merchant_locale : null,
  state: oneOf(states, row.state),
  note: typeof row.note === 'string' ? row.note : null,
  told: tolds.find((told) => told === row.told) ?? null,
  createdAt: Number(row.created_at),
  decidedAt: row.decided_at === null || row.decided_at === undefined ? null : Number(row.decided_at),
  trouble: typeof row.trouble === 'string' ? row.trouble : null,
});

export const findFollowUp = async (
  tx: SqlTransaction,
  { shop, kind, id }: FollowUpKey,
): Promise<FollowUpRow | undefined> => {
  const [row] = await tx.sql`select * from shopify_follow_ups
    where shop = ${shop} and kind = ${kind} and id = ${id}`;
  return row && rowOf(row);
};

const insert = (tx: SqlTransaction, row: FollowUpRow) =>
  tx.sql`insert into shopify_follow_ups
    (shop, id, kind, gid, payment, amount, currency, merchant_locale, state, note, told, tries, next_at, created_at)
    values (${row.shop}, ${row.id}, ${row.kind}, ${row.gid}, ${row.payment}, ${row.amount?.amount ?? null},
      ${row.amount?.currency ?? null}, ${row.merchantLocale}, ${row.state}, ${row.note}, ${row.told}, 0, ${row.createdAt}, ${row.createdAt})
    on conflict (shop, kind, id) do nothing`;

const isDecided = (state: FollowUpState): boolean => state === 'done' || state === 'declined';

/**
 * Decides inside a transaction of the caller's, so that what the ledger must know of it is written with it. A decision
 * that stands is never replaced. @returns whether this one was written
 */
export const decideIn = async (
  tx: SqlTransaction,
  { shop, kind, id }: FollowUpKey,
  state: Exclude<FollowUpState, 'asked'>,
  note: string | null,
  at: number,
): Promise<boolean> => {
  const decidedAt = isDecided(state) ? at : null;
  const written = await tx.sql`update shopify_follow_ups
    set state = ${state}, note = ${note}, next_at = ${at}, decided_at = ${decidedAt}
    where shop = ${shop} and kind = ${kind} and id = ${id} and state not in ('done', 'declined')
    returning id`;
  return written.length === 1;
};

/** Has Shopify told of it at `now`, also where it refused it before, inside a transaction of the caller's. */
export const tellFollowUpAgain = async (
  tx: SqlTransaction,
  { shop, kind, id }: FollowUpKey,
  now: number,
): Promise<void> => {
  await tx.sql`update shopify_follow_ups set next_at = ${now}, told = null
    where shop = ${shop} and kind = ${kind} and id = ${id}`;
};

/** Whether there is something that Shopify does not know. */
export const isUntold = ({ told, decidedAt }: Pick<FollowUpRow, 'told' | 'decidedAt'>): boolean =>
  decidedAt !== null && (told === null || told === 'refused');

export const createFollowUpBook = (ledger: SqlLedger): FollowUpBook => ({
  begin: (row) =>
    ledger.transact(async (tx) => {
      await insert(tx, row);
      return (await findFollowUp(tx, row)) ?? row;
    }),
  byKey: (key) => ledger.transact((tx) => findFollowUp(tx, key)),
  byHand: (shop, after, limit) =>
    ledger.transact(async (tx) => {
      const { createdAt, id } = after ?? { createdAt: -1, id: '' };
      const rows = await tx.sql`select * from shopify_follow_ups
        where shop = ${shop} and state in ('by-hand', 'checking') and (created_at, id) > (${createdAt}, ${id})
        order by created_at, id limit ${limit}`;
      return rows.map(rowOf);
    }),
  countByHand: (shop, most, before) =>
    ledger.transact(async (tx) => {
      const rows = await tx.sql`select id from shopify_follow_ups
        where shop = ${shop} and state in ('by-hand', 'checking')
          and created_at <= ${before ?? Number.MAX_SAFE_INTEGER} limit ${most}`;
      return rows.length;
    }),
  ofPayment: (shop, payment) =>
    ledger.transact(async (tx) => {
      const rows = await tx.sql`select * from shopify_follow_ups
        where shop = ${shop} and payment = ${payment} order by created_at limit 100`;
      return rows.map(rowOf);
    }),
  untold: (shop, since, limit, after) =>
    ledger.transact(async (tx) => {
      const { decidedAt, kind, id } = after ?? { decidedAt: -1, kind: '', id: '' };
      const rows = await tx.sql`select * from shopify_follow_ups
        where shop = ${shop} and told is null and state in ('done', 'declined') and decided_at <= ${since}
          and (decided_at, kind, id) > (${decidedAt}, ${kind}, ${id})
        order by decided_at, kind, id limit ${limit}`;
      return rows.map(rowOf);
    }),
  lease: (now, until, limit) =>
    ledger.transact(async (tx) => {
      const due = await tx.sql`select * from shopify_follow_ups
        where told is null and next_at <= ${now} order by next_at limit ${limit}`;
      const leased: FollowUpRow[] = [];
      for (const row of due) {
        const taken = await tx.sql`update shopify_follow_ups set next_at = ${until}, tries = tries + 1
          where shop = ${String(row.shop)} and kind = ${String(row.kind)} and id = ${String(row.id)}
            and next_at = ${Number(row.next_at)} returning *`;
        leased.push(...taken.map(rowOf));
      }
      return leased;
    }),
  decide: (key, state, note, at) => ledger.transact((tx) => decideIn(tx, key, state, note, at)),
  askedAgain: (key, at) =>
    ledger.transact(async (tx) => {
      const row = await findFollowUp(tx, key);
      if (row && isUntold(row)) await tellFollowUpAgain(tx, key, at);
    }),
  told: ({ shop, kind, id }, told) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_follow_ups set told = ${told}
        where shop = ${shop} and kind = ${kind} and id = ${id}`;
    }),
  again: ({ shop, kind, id }, at, trouble) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_follow_ups set next_at = ${at}, trouble = ${trouble}
        where shop = ${shop} and kind = ${kind} and id = ${id}`;
    }),
});
