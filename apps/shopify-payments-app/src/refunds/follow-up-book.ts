import { currencyCodeSchema, decimalSchema, type Money } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction } from '@gatewright/payment-ledger';
import type { FollowUpKind } from '../sessions/follow-up.ts';
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
  readonly state: FollowUpState;
  /** For the merchant: what to do, or why it was declined. */
  readonly note: string | null;
  /** What Shopify was told and took; null while it does not know. */
  readonly told: 'resolved' | 'rejected' | null;
  readonly createdAt: number;
}

export type FollowUpKey = Pick<FollowUpRow, 'shop' | 'kind' | 'id'>;

export interface FollowUpBook {
  /** Writes it unless it is there; answers the one that is. */
  begin(row: FollowUpRow): Promise<FollowUpRow>;
  byKey(key: FollowUpKey): Promise<FollowUpRow | undefined>;
  /** Oldest first; what waits for the merchant of a shop. */
  byHand(shop: ShopDomain, limit: number): Promise<readonly FollowUpRow[]>;
  /** Takes what is due and leases it: no other process takes it before `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly FollowUpRow[]>;
  /** A decision that stands is never replaced. @returns whether this one was written */
  decide(
    key: FollowUpKey,
    state: Exclude<FollowUpState, 'asked'>,
    note: string | null,
    at: number,
  ): Promise<boolean>;
  told(key: FollowUpKey, told: 'resolved' | 'rejected'): Promise<void>;
  again(key: FollowUpKey, at: number): Promise<void>;
}

const kinds: readonly FollowUpKind[] = ['refund', 'capture', 'void'];
const states: readonly FollowUpState[] = ['asked', 'checking', 'by-hand', 'done', 'declined'];

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
  kind: oneOf(kinds, row.kind),
  gid: String(row.gid),
  payment: String(row.payment),
  amount: moneyOf(row),
  state: oneOf(states, row.state),
  note: typeof row.note === 'string' ? row.note : null,
  told: row.told === 'resolved' || row.told === 'rejected' ? row.told : null,
  createdAt: Number(row.created_at),
});

const find = async (
  tx: SqlTransaction,
  { shop, kind, id }: FollowUpKey,
): Promise<FollowUpRow | undefined> => {
  const [row] = await tx.sql`select * from shopify_follow_ups
    where shop = ${shop} and kind = ${kind} and id = ${id}`;
  return row && rowOf(row);
};

const insert = (tx: SqlTransaction, row: FollowUpRow) =>
  tx.sql`insert into shopify_follow_ups
    (shop, id, kind, gid, payment, amount, currency, state, note, told, tries, next_at, created_at)
    values (${row.shop}, ${row.id}, ${row.kind}, ${row.gid}, ${row.payment}, ${row.amount?.amount ?? null},
      ${row.amount?.currency ?? null}, ${row.state}, ${row.note}, ${row.told}, 0, ${row.createdAt}, ${row.createdAt})
    on conflict (shop, kind, id) do nothing`;

export const createFollowUpBook = (ledger: SqlLedger): FollowUpBook => ({
  begin: (row) =>
    ledger.transact(async (tx) => {
      await insert(tx, row);
      return (await find(tx, row)) ?? row;
    }),
  byKey: (key) => ledger.transact((tx) => find(tx, key)),
  byHand: (shop, limit) =>
    ledger.transact(async (tx) => {
      const rows = await tx.sql`select * from shopify_follow_ups
        where shop = ${shop} and state = 'by-hand' order by created_at limit ${limit}`;
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
  decide: ({ shop, kind, id }, state, note, at) =>
    ledger.transact(async (tx) => {
      const written =
        await tx.sql`update shopify_follow_ups set state = ${state}, note = ${note}, next_at = ${at}
        where shop = ${shop} and kind = ${kind} and id = ${id} and state not in ('done', 'declined')
        returning id`;
      return written.length === 1;
    }),
  told: ({ shop, kind, id }, told) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_follow_ups set told = ${told}
        where shop = ${shop} and kind = ${kind} and id = ${id}`;
    }),
  again: ({ shop, kind, id }, at) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_follow_ups set next_at = ${at}
        where shop = ${shop} and kind = ${kind} and id = ${id}`;
    }),
});
