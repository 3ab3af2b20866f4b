import {
  type DecideRefusal,
  decideRefusalText,
  decideReview,
  type Ports,
  type ReviewRow,
  type StoreId,
} from '@gatewright/payment-core';
import type { ShopRow } from '../shops/shop-book.ts';
import { type OrderStory, orderStory } from './order-story.ts';
import { type ReviewLine, reviewLine } from './review-list.ts';
import { instant } from './shown.ts';
import { merchantName } from './who.ts';

export interface ReviewView extends ReviewLine {
  readonly resolution: {
    readonly by: string;
    readonly reason: string;
    readonly decision: string;
    readonly at: string;
  } | null;
  readonly story: OrderStory | null;
  /** What the order was asked to cost, for the forms; null where no order is known. */
  readonly total: { readonly amount: string; readonly currency: string } | null;
}

const storesOf = ({ live, test }: ShopRow): readonly StoreId[] => [live, test];

const findRow = (
  { ledger }: Pick<Ports, 'ledger'>,
  shop: ShopRow,
  id: string,
): Promise<ReviewRow | undefined> =>
  ledger.transact(async (tx) => {
    for (const store of storesOf(shop)) {
      const row = await tx.reviews.byId(store, id);
      if (row) return row;
    }
    return undefined;
  });

/** Undefined: this shop has no such item. */
export const reviewView = async (
  ports: Ports,
  shop: ShopRow,
  id: string,
): Promise<ReviewView | undefined> => {
  const row = await findRow(ports, shop, id);
  if (!row) return undefined;
  const { store, orderKey, resolution } = row;
  const order = orderKey && (await ports.ledger.transact((tx) => tx.orders.byKey(store, orderKey)));
  return {
    ...reviewLine(shop, row),
    resolution: resolution && { ...resolution, at: instant(resolution.at) },
    story: orderKey === null ? null : await orderStory(ports, store, orderKey),
    total: order ? { amount: order.total.amount, currency: order.total.currency } : null,
  };
};

export interface WordedReview {
  readonly id: string;
  readonly decision: string;
  readonly amount: string;
  readonly currency: string;
  readonly reason: string;
}

export type DecideReviewResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: DecideRefusal; readonly cause: string; readonly remedy: string };

const refuse = (reason: DecideRefusal): DecideReviewResult => ({
  ok: false,
  reason,
  ...decideRefusalText(reason),
});

const orAbsent = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

const kinds = ['accept', 'refund-noted', 'ignore'] as const;

/** Ends an item in the name of the shop's merchant; the core says what may be decided (invariant 14). */
export const decideOnReview = async (
  ports: Ports,
  shop: ShopRow,
  { id, decision, amount, currency, reason }: WordedReview,
): Promise<DecideReviewResult> => {
  const row = await findRow(ports, shop, id);
  const kind = kinds.find((known) => known === decision);
  if (!row || !kind) return refuse('review-unknown');
  // The form has one field for the amount of all three decisions.
  const words =
    kind === 'ignore' ? { kind } : { kind, amount: orAbsent(amount), currency: orAbsent(currency) };
  const by = merchantName(shop.domain);
  const decided = await decideReview(ports, { store: row.store, review: id, by, reason, decision: words });
  return decided.ok ? { ok: true } : refuse(decided.reason);
};
