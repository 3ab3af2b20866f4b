import {
  type DecideRefusal,
  decideRefusalText,
  decideReview,
  type Ports,
  type ReviewRow,
  type StoreId,
} from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import { untoldRejection } from '../sessions/untold-rejection.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type OrderStory, orderStory } from './order-story.ts';
import { type ReviewLine, reviewLine } from './review-list.ts';
import { instant, instantOrNull } from './shown.ts';
import { canTellAgain, type TellAgainResult, tellAgain, untoldOfReview } from './tell-again.ts';
import { type ToldAgain, toldAgain } from './told-again.ts';
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
  /** Of an item that stands here because Shopify does not know something. */
  readonly untold: UntoldReview | null;
}

export interface UntoldReview {
  /** Whether it can be told again. */
  readonly open: boolean;
  /** Who had it told again, newest first. */
  readonly asked: readonly ToldAgain[];
  /** What came of the last try; null where it is not known here. */
  readonly trouble: string | null;
  /** When it is tried again by itself; null: not any more, or not known here. */
  readonly nextAt: string | null;
}

const storesOf = ({ live, test }: ShopRow): readonly StoreId[] => [live, test];

type ViewDeps = Pick<MerchantDeps, 'ports' | 'ledger'>;

const untoldReview = ({ ledger }: ViewDeps, shop: ShopRow, row: ReviewRow): Promise<UntoldReview | null> =>
  ledger.transact(async (tx) => {
    const untold = await untoldOfReview(tx, shop, row);
    if (!untold) return null;
    const rejection =
      untold.kind === 'rejection'
        ? await untoldRejection(tx, { shop: shop.domain, id: untold.id })
        : undefined;
    return {
      open: row.resolution === null && (await canTellAgain(tx, shop, untold)),
      asked: await toldAgain(tx, shop, untold),
      trouble: rejection?.trouble ?? null,
      nextAt: instantOrNull(rejection?.nextAt ?? null),
    };
  });

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
  deps: ViewDeps,
  shop: ShopRow,
  id: string,
): Promise<ReviewView | undefined> => {
  const { ports } = deps;
  const row = await findRow(ports, shop, id);
  if (!row) return undefined;
  const { store, orderKey, resolution } = row;
  const order = orderKey && (await ports.ledger.transact((tx) => tx.orders.byKey(store, orderKey)));
  return {
    ...reviewLine(shop, row),
    resolution: resolution && { ...resolution, at: instant(resolution.at) },
    story: orderKey === null ? null : await orderStory(ports, store, orderKey),
    total: order ? { amount: order.total.amount, currency: order.total.currency } : null,
    untold: await untoldReview(deps, shop, row),
  };
};

/** Has Shopify told again what an item is about. Undefined: this shop has no such item, or it is about something else. */
export const tellReviewAgain = async (
  deps: ViewDeps & Pick<MerchantDeps, 'kick'>,
  shop: ShopRow,
  id: string,
): Promise<TellAgainResult | undefined> => {
  const row = await findRow(deps.ports, shop, id);
  const untold = row && (await deps.ledger.transact((tx) => untoldOfReview(tx, shop, row)));
  if (!row || !untold) return undefined;
  return row.resolution === null ? tellAgain(deps, shop, untold) : 'known';
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
