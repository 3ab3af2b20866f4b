import { days, formatMoney } from '@gatewright/payment-core';
import type { FollowUpBook, FollowUpRow, FollowUpState } from '../refunds/follow-up-book.ts';
import type { ShopRow } from '../shops/shop-book.ts';
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
  readonly told: boolean;
  readonly askedAt: string;
  readonly aged: boolean;
}

export const refundLine = (row: FollowUpRow, now: number): RefundLine => ({
  id: row.id,
  payment: row.payment,
  amount: row.amount ? formatMoney(row.amount) : '',
  state: row.state,
  note: row.note,
  told: row.told !== null,
  askedAt: instant(row.createdAt),
  aged: (row.state === 'by-hand' || row.state === 'checking') && now - row.createdAt >= agedAfterMs,
});

const most = 100;

/** What waits for the merchant of this shop, oldest first. */
export const refundQueue = async (
  followUps: Pick<FollowUpBook, 'byHand'>,
  { domain }: Pick<ShopRow, 'domain'>,
  now: number,
): Promise<readonly RefundLine[]> =>
  (await followUps.byHand(domain, most)).map((row) => refundLine(row, now));
