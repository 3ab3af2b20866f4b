import { type InstructionRow, minutes, type Ports, type ReviewRow } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import { exhaustedAfterMs } from '../payments-api/schedule.ts';
import type { FollowUpRow } from '../refunds/follow-up-book.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { openReviewRows } from './review-queue.ts';
import { instant } from './shown.ts';
import { toldWords } from './told-words.ts';

/** Something that Shopify should know and could not be told. It is repeated all the same. */
export interface UntoldLine {
  readonly kind: 'payment' | 'refund';
  /** For `tellAgain`; an id of our own or Shopify's id of the refund. */
  readonly id: string;
  readonly what: string;
  readonly why: string;
  readonly since: string;
  /** The schedule of about a day is over: from now on it is only tried every four hours. */
  readonly exhausted: boolean;
}

type UntoldDeps = Pick<MerchantDeps, 'ports' | 'followUps' | 'kick'>;

/** The core opens an item with this key after a quarter of an hour of silence (`reportSilence`). */
const silenceKey = 'storefront_unreachable:';

/** A refund's answer that Shopify has not taken for this long is shown; sooner it is only on its way. */
const shownAfterMs = minutes(15);

const most = 100;

const instructionOf = async (
  { ledger }: Pick<Ports, 'ledger'>,
  { kind, key, store }: ReviewRow,
): Promise<InstructionRow | undefined> => {
  if (kind !== 'storefront_unreachable' || !key.startsWith(silenceKey)) return undefined;
  const row = await ledger.transact((tx) => tx.instructions.byId(key.slice(silenceKey.length)));
  return row?.store === store && row.state === 'pending' ? row : undefined;
};

const refundWhy = (trouble: string | null): string =>
  trouble === null ? 'It has not been tried yet.' : `Shopify could not be told (${trouble}).`;

const refundLine = (row: FollowUpRow, now: number): UntoldLine => {
  const since = row.decidedAt ?? row.createdAt;
  const made = row.state === 'done' ? 'was made' : 'was declined';
  return {
    kind: 'refund',
    id: row.id,
    what: `The ${row.kind} ${made}.`,
    why: refundWhy(row.trouble),
    since: instant(since),
    exhausted: now - since >= exhaustedAfterMs,
  };
};

export const listUntold = async (
  { ports, followUps }: Omit<UntoldDeps, 'kick'>,
  shop: ShopRow,
): Promise<readonly UntoldLine[]> => {
  const now = ports.clock.now();
  const lines: UntoldLine[] = [];
  for (const review of await openReviewRows(ports, shop)) {
    const row = await instructionOf(ports, review);
    if (!row) continue;
    const exhausted = now - row.createdAt >= exhaustedAfterMs;
    lines.push({
      kind: 'payment',
      id: row.id,
      what: toldWords(row),
      why: review.detail,
      since: instant(row.createdAt),
      exhausted,
    });
  }
  const refunds = await followUps.untold(shop.domain, now - shownAfterMs, most);
  return [...lines, ...refunds.map((row) => refundLine(row, now))];
};

/** Does it now instead of at its next turn; what Shopify knows by now is left alone. @returns whether there was something */
export const tellAgain = async (
  { ports, followUps, kick }: UntoldDeps,
  shop: ShopRow,
  kind: string,
  id: string,
): Promise<boolean> => {
  const now = ports.clock.now();
  const due =
    kind === 'refund'
      ? await refundDue(followUps, shop, id, now)
      : await instructionDue(ports, shop, id, now);
  if (due) kick();
  return due;
};

const refundDue = async (
  followUps: UntoldDeps['followUps'],
  { domain }: ShopRow,
  id: string,
  now: number,
): Promise<boolean> => {
  const all = await followUps.untold(domain, now, most);
  const row = all.find((untold) => untold.id === id);
  if (row) await followUps.again(row, now, row.trouble);
  return row !== undefined;
};

const instructionDue = (
  { ledger }: Pick<Ports, 'ledger'>,
  { live, test }: ShopRow,
  id: string,
  now: number,
): Promise<boolean> =>
  ledger.transact(async (tx) => {
    const row = await tx.instructions.byId(id);
    if (row?.state !== 'pending' || (row.store !== live && row.store !== test)) return false;
    await tx.jobs.enqueue({ kind: 'tell-storefront', instruction: row.id, store: row.store }, now);
    return true;
  });
