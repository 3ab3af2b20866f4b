import { seconds } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import type { FollowUpKind } from '../sessions/follow-up.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { instant } from './shown.ts';

/** Something that Shopify may be told again: `payment` by an instruction's id, the others by Shopify's id. */
export interface Untold {
  readonly kind: 'payment' | 'rejection' | FollowUpKind;
  readonly id: string;
}

/** Who had Shopify told again, and when. */
export interface ToldAgain {
  readonly by: string;
  readonly at: string;
}

type Domain = Pick<ShopRow, 'domain'>;

/** A click that comes sooner is the second one of a double click. */
const oneClickMs = seconds(10);

/** Records that somebody wants it told again. @returns false: somebody has just asked for it */
export const recordToldAgain = async (
  tx: SqlTransaction,
  { domain }: Domain,
  { kind, id }: Untold,
  by: string,
  now: number,
): Promise<boolean> => {
  const [just] = await tx.sql`select asked_at from shopify_told_again
    where shop = ${domain} and kind = ${kind} and id = ${id} and asked_at > ${now - oneClickMs} limit 1`;
  if (just) return false;
  await tx.sql`insert into shopify_told_again (shop, kind, id, asked_at, asked_by)
    values (${domain}, ${kind}, ${id}, ${now}, ${by})`;
  return true;
};

/** Newest first. */
export const toldAgain = async (
  tx: SqlTransaction,
  { domain }: Domain,
  { kind, id }: Untold,
): Promise<readonly ToldAgain[]> => {
  const rows = await tx.sql`select asked_by, asked_at from shopify_told_again
    where shop = ${domain} and kind = ${kind} and id = ${id} order by asked_at desc limit 20`;
  return rows.map(({ asked_by, asked_at }) => ({ by: String(asked_by), at: instant(Number(asked_at)) }));
};
