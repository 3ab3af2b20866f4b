import { days, formatMoney } from '@gatewright/payment-core';
import type { FollowUpBook, FollowUpRow, FollowUpState } from '../refunds/follow-up-book.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type Count, countUpTo } from './count.ts';
import { cursorText, readCursor } from './cursor.ts';
import { instant } from './shown.ts';

/** Shopify shows a refund as pending for as long as nobody decides, so a person is reminded. */
const agedAfterMs = days(3);

export interface RefundLine {
  /** Shopify's id of the refund. */
  readonly id: string;
  readonly payment: string;
  readonly amount: string;
  readonly state: FollowUpState;
  /** What has to be done, or why it was declined. */
  readonly note: string | null;
  readonly told: FollowUpRow['told'];
  readonly askedAt: string;
  readonly aged: boolean;
}

export const refundLine = (row: FollowUpRow, now: number): RefundLine => ({
  id: row.id,
  payment: row.payment,
  amount: row.amount ? formatMoney(row.amount) : '',
  state: row.state,
  note: row.note,
  told: row.told,
  askedAt: instant(row.createdAt),
  aged: (row.state === 'by-hand' || row.state === 'checking') && now - row.createdAt >= agedAfterMs,
});

const most = 100;

/** What waits for the merchant of this shop: a number. */
export const countRefunds = async (
  followUps: Pick<FollowUpBook, 'countByHand'>,
  { domain }: Pick<ShopRow, 'domain'>,
): Promise<Count> => countUpTo(most, await followUps.countByHand(domain, most + 1));

/** Those among them that have waited for three days. */
export const countAged = async (
  followUps: Pick<FollowUpBook, 'countByHand'>,
  { domain }: Pick<ShopRow, 'domain'>,
  now: number,
): Promise<Count> => countUpTo(most, await followUps.countByHand(domain, most + 1, now - agedAfterMs));

export interface RefundList {
  readonly refunds: readonly RefundLine[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

const pageSize = 25;

/** One page of what waits for the merchant of this shop, oldest first. @param after `next` of the page before */
export const refundQueue = async (
  followUps: Pick<FollowUpBook, 'byHand'>,
  { domain }: Pick<ShopRow, 'domain'>,
  now: number,
  after: string | null,
): Promise<RefundList> => {
  const rows = await followUps.byHand(domain, readCursor(after), pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    refunds: shown.map((row) => refundLine(row, now)),
    next: rows.length > pageSize && last ? cursorText(last) : null,
  };
};
