import type { LedgerTransaction, OrderKey, Ports, ReviewKind, ReviewRow } from '@gatewright/payment-core';
import type { ShopRow } from '../shops/shop-book.ts';
import type { Count } from './count.ts';
import { instant } from './shown.ts';

export interface ReviewLine {
  readonly id: string;
  readonly kind: string;
  readonly mode: 'live' | 'test';
  /** The order key: a checkout's `group`. */
  readonly order: string | null;
  readonly detail: string;
  readonly openedAt: string;
}

export interface ReviewList {
  readonly reviews: readonly ReviewLine[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

type Stores = Pick<ShopRow, 'live' | 'test'>;

export const reviewLine = ({ live }: Stores, row: ReviewRow): ReviewLine => ({
  id: row.id,
  kind: row.kind,
  mode: row.store === live ? 'live' : 'test',
  order: row.orderKey,
  detail: row.detail,
  openedAt: instant(row.openedAt),
});

/** The last item that was shown of each store; null before the first. */
interface Cursor {
  readonly live: string | null;
  readonly test: string | null;
}

const start: Cursor = { live: null, test: null };

const CURSOR = /^([\w-]{0,64})\.([\w-]{0,64})$/;

const readCursor = (text: string | null): Cursor => {
  const [, live, test] = CURSOR.exec(text ?? '') ?? [];
  return live === undefined || test === undefined ? start : { live: live || null, test: test || null };
};

const cursorText = ({ live, test }: Cursor): string => `${live ?? ''}.${test ?? ''}`;

export interface ReviewRows {
  readonly rows: readonly ReviewRow[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

/**
 * One page of what is open in both stores of a shop, oldest first.
 * @param after `next` of the page before; anything else is the first page
 */
export const openPage = async (
  tx: LedgerTransaction,
  { live, test }: Stores,
  limit: number,
  after: string | null,
  only: { readonly kind?: ReviewKind } = {},
): Promise<ReviewRows> => {
  const from = readCursor(after);
  const asked = { state: 'open', limit: limit + 1, ...only } as const;
  const found = [
    ...(await tx.reviews.page(live, { ...asked, after: from.live })),
    ...(await tx.reviews.page(test, { ...asked, after: from.test })),
  ].toSorted((a, b) => a.openedAt - b.openedAt);
  const rows = found.slice(0, limit);
  const lastOf = (store: Stores['live']) => rows.findLast((row) => row.store === store)?.id;
  const next = { live: lastOf(live) ?? from.live, test: lastOf(test) ?? from.test };
  return { rows, next: found.length > limit ? cursorText(next) : null };
};

const pageSize = 25;

/** What waits for a person in this shop's stores, oldest first. @param after `next` of the page before */
export const listReviews = async (
  { ledger }: Pick<Ports, 'ledger'>,
  shop: ShopRow,
  after: string | null,
): Promise<ReviewList> => {
  const { rows, next } = await ledger.transact((tx) => openPage(tx, shop, pageSize, after));
  return { reviews: rows.map((row) => reviewLine(shop, row)), next };
};

/** How many there are: counted by the ledger, none is read. */
export const countReviews = async (
  { ledger }: Pick<Ports, 'ledger'>,
  { live, test }: ShopRow,
): Promise<Count> =>
  ledger.transact(async (tx) => {
    const [inLive, inTest] = [await tx.reviews.count(live, 'open'), await tx.reviews.count(test, 'open')];
    return { counted: inLive + inTest, more: false };
  });

/** More than one order ever has. */
const mostOfOrder = 100;

/** What waits for a person about one order. */
export const reviewsOfOrder = async (
  { ledger }: Pick<Ports, 'ledger'>,
  shop: ShopRow,
  store: Stores['live'],
  orderKey: OrderKey,
): Promise<readonly ReviewLine[]> => {
  const asked = { state: 'open', limit: mostOfOrder, orderKey } as const;
  const rows = await ledger.transact((tx) => tx.reviews.page(store, asked));
  return rows.map((row) => reviewLine(shop, row));
};
