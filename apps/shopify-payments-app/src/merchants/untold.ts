import { type InstructionRow, minutes, type Ports, type ReviewRow } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import { exhaustedAfterMs } from '../payments-api/schedule.ts';
import type { FollowUpRow } from '../refunds/follow-up-book.ts';
import { type FollowUpKind, followUpKinds } from '../sessions/follow-up.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type Count, countUpTo, plus } from './count.ts';
import { openPage } from './review-list.ts';
import { instant } from './shown.ts';
import { toldWords } from './told-words.ts';

/** Something that Shopify should know and could not be told. It is repeated all the same. */
export interface UntoldLine {
  readonly kind: 'payment' | FollowUpKind;
  /** For `tellAgain`; an id of our own or Shopify's id of the refund. */
  readonly id: string;
  readonly what: string;
  readonly why: string;
  readonly since: string;
  /** The schedule of about a day is over: from now on it is only tried every four hours. */
  readonly exhausted: boolean;
}

export interface UntoldList {
  readonly untold: readonly UntoldLine[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

type UntoldDeps = Pick<MerchantDeps, 'ports' | 'followUps' | 'kick'>;
type ListDeps = Omit<UntoldDeps, 'kick'>;

/** The core opens an item with this key after a quarter of an hour of silence (`silenceItem`). */
const silenceKey = 'storefront_unreachable:';

/** A refund's answer that Shopify has not taken for this long is shown; sooner it is only on its way. */
const shownAfterMs = minutes(15);

const pageSize = 100;

interface Silent {
  readonly row: InstructionRow;
  readonly review: ReviewRow;
}

/** Items of shops that could not be told, without those that were told meanwhile: their items stay until a person closes them. */
const silentPage = ({ ledger }: Pick<Ports, 'ledger'>, shop: ShopRow, after: string | null) =>
  ledger.transact(async (tx) => {
    const { rows, next } = await openPage(tx, shop, pageSize, after, { kind: 'storefront_unreachable' });
    const silent: Silent[] = [];
    for (const review of rows) {
      if (!review.key.startsWith(silenceKey)) continue;
      const row = await tx.instructions.byId(review.key.slice(silenceKey.length));
      if (row?.store === review.store && row.state === 'pending') silent.push({ row, review });
    }
    return { silent, next };
  });

const refundWhy = (trouble: string | null): string =>
  trouble === null ? 'It has not been tried yet.' : `Shopify could not be told (${trouble}).`;

const refundLine = (row: FollowUpRow, now: number): UntoldLine => {
  const since = row.decidedAt ?? row.createdAt;
  const made = row.state === 'done' ? 'was made' : 'was declined';
  return {
    kind: row.kind,
    id: row.id,
    what: `The ${row.kind} ${made}.`,
    why: refundWhy(row.trouble),
    since: instant(since),
    exhausted: now - since >= exhaustedAfterMs,
  };
};

const paymentLine = ({ row, review }: Silent, now: number): UntoldLine => ({
  kind: 'payment',
  id: row.id,
  what: toldWords(row),
  why: review.detail,
  since: instant(row.createdAt),
  exhausted: now - row.createdAt >= exhaustedAfterMs,
});

/** One page, payments first; refunds stand on the first one, the oldest hundred of them. @param after `next` of the page before */
export const listUntold = async (
  { ports, followUps }: ListDeps,
  shop: ShopRow,
  after: string | null,
): Promise<UntoldList> => {
  const now = ports.clock.now();
  const { silent, next } = await silentPage(ports, shop, after);
  const refunds = after === null ? await followUps.untold(shop.domain, now - shownAfterMs, pageSize) : [];
  return {
    untold: [...silent.map((each) => paymentLine(each, now)), ...refunds.map((row) => refundLine(row, now))],
    next,
  };
};

/** How much there is, of the oldest hundred of each. @param since ms; only what has been untold since before */
const countSince = async ({ ports, followUps }: ListDeps, shop: ShopRow, since: number): Promise<Count> => {
  const { silent, next } = await silentPage(ports, shop, null);
  const refunds = await followUps.untold(shop.domain, since, pageSize + 1);
  const payments = silent.filter(({ row }) => row.createdAt <= since);
  return plus({ counted: payments.length, more: next !== null }, countUpTo(pageSize, refunds.length));
};

export const countUntold = (deps: ListDeps, shop: ShopRow): Promise<Count> =>
  countSince(deps, shop, deps.ports.clock.now() - shownAfterMs);

/** Those for which the schedule of about a day is over. */
export const countExhausted = (deps: ListDeps, shop: ShopRow): Promise<Count> =>
  countSince(deps, shop, deps.ports.clock.now() - exhaustedAfterMs);

/** Does it now instead of at its next turn; what Shopify knows by now is left alone. @returns whether there was something */
export const tellAgain = async (
  { ports, followUps, kick }: UntoldDeps,
  shop: ShopRow,
  kind: string,
  id: string,
): Promise<boolean> => {
  const now = ports.clock.now();
  const followUp = followUpKinds.find((known) => known === kind);
  const due =
    followUp === undefined
      ? await instructionDue(ports, shop, id, now)
      : await followUpDue(followUps, shop, followUp, id, now);
  if (due) kick();
  return due;
};

const followUpDue = async (
  followUps: UntoldDeps['followUps'],
  { domain }: ShopRow,
  kind: FollowUpKind,
  id: string,
  now: number,
): Promise<boolean> => {
  const row = await followUps.byKey({ shop: domain, kind, id });
  if (row === undefined || row.told !== null || row.decidedAt === null) return false;
  await followUps.again(row, now, row.trouble);
  return true;
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
