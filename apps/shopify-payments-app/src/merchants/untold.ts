import { type InstructionRow, minutes, type Ports, type ReviewRow } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import { silenceKey } from '../fulfilment/close-when-told.ts';
import { exhaustedAfterMs } from '../payments-api/schedule.ts';
import type { FollowUpRow } from '../refunds/follow-up-book.ts';
import { type FollowUpKind, followUpKinds } from '../sessions/follow-up.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type Count, countUpTo, plus } from './count.ts';
import { openPage } from './review-list.ts';
import { instant } from './shown.ts';
import { type ToldAgain, toldAgain } from './told-again.ts';
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
  /** Who had it told again, newest first. */
  readonly asked: readonly ToldAgain[];
}

export interface UntoldList {
  readonly untold: readonly UntoldLine[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

type ListDeps = Pick<MerchantDeps, 'ports' | 'ledger' | 'followUps'>;

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

type Line = Omit<UntoldLine, 'asked'>;

const refundLine = (row: FollowUpRow, now: number): Line => {
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

const paymentLine = ({ row, review }: Silent, now: number): Line => ({
  kind: 'payment',
  id: row.id,
  what: toldWords(row),
  why: review.detail,
  since: instant(row.createdAt),
  exhausted: now - row.createdAt >= exhaustedAfterMs,
});

/** Where the refunds go on once the payments are through. */
const REFUNDS = /^refunds:(\d{1,15})_([a-z]+)_(.{1,200})$/s;

type Place = Pick<FollowUpRow, 'kind' | 'id' | 'decidedAt'>;

const readPlace = (after: string): Place | undefined => {
  const [, decidedAt, word, id] = REFUNDS.exec(after) ?? [];
  const kind = followUpKinds.find((known) => known === word);
  return kind && id !== undefined ? { decidedAt: Number(decidedAt), kind, id } : undefined;
};

interface Page {
  readonly lines: readonly Line[];
  readonly next: string | null;
}

const refundPage = async (
  { ports, followUps }: ListDeps,
  { domain }: ShopRow,
  after: Place | undefined,
): Promise<Page> => {
  const now = ports.clock.now();
  const rows = await followUps.untold(domain, now - shownAfterMs, pageSize + 1, after);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const next = rows.length > pageSize && last ? `refunds:${last.decidedAt}_${last.kind}_${last.id}` : null;
  return { lines: shown.map((row) => refundLine(row, now)), next };
};

const paymentPage = async ({ ports }: ListDeps, shop: ShopRow, after: string | null): Promise<Page> => {
  const { silent, next } = await silentPage(ports, shop, after);
  const now = ports.clock.now();
  return { lines: silent.map((each) => paymentLine(each, now)), next };
};

/** Payments first; refunds begin on the payments' last page. */
const pageOf = async (deps: ListDeps, shop: ShopRow, after: string | null): Promise<Page> => {
  if (after !== null && REFUNDS.test(after)) return refundPage(deps, shop, readPlace(after));
  const payments = await paymentPage(deps, shop, after);
  if (payments.next !== null) return payments;
  const refunds = await refundPage(deps, shop, undefined);
  return { lines: [...payments.lines, ...refunds.lines], next: refunds.next };
};

/** One page, oldest first. @param after `next` of the page before; anything else is the first page */
export const listUntold = async (
  deps: ListDeps,
  shop: ShopRow,
  after: string | null,
): Promise<UntoldList> => {
  const { lines, next } = await pageOf(deps, shop, after);
  const untold = await deps.ledger.transact(async (tx) => {
    const shown: UntoldLine[] = [];
    for (const line of lines) shown.push({ ...line, asked: await toldAgain(tx, shop, line) });
    return shown;
  });
  return { untold, next };
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
