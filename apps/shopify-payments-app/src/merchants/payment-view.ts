import { formatMoney } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type OrderStory, orderStory } from './order-story.ts';
import { type RefundLine, refundLine } from './refund-queue.ts';
import { type ReviewLine, reviewsOfOrder } from './review-list.ts';
import { instant, instantOrNull } from './shown.ts';
import { type ShownState, shownState } from './shown-state.ts';

export interface PaymentView extends OrderStory {
  readonly id: string;
  readonly mode: 'live' | 'test';
  readonly kind: 'sale' | 'authorization';
  readonly amount: string;
  readonly shopify: ShownState;
  /** Why Shopify is told that it cannot be paid. */
  readonly rejection: string | null;
  readonly startedAt: string;
  /** When the buyer last chose to pay. */
  readonly committedAt: string | null;
  /** Other tries of the same checkout, oldest first. */
  readonly siblings: readonly { readonly id: string; readonly shopify: ShownState }[];
  readonly refunds: readonly RefundLine[];
  readonly reviews: readonly ReviewLine[];
}

/** Everything about one payment of this shop. Undefined: the shop has no such payment, whoever else may. */
export const paymentView = async (
  deps: Pick<MerchantDeps, 'ports' | 'sessions' | 'followUps'>,
  shop: ShopRow,
  id: string,
): Promise<PaymentView | undefined> => {
  const { ports, sessions, followUps } = deps;
  const session = await sessions.byId(shop.domain, id);
  if (!session) return undefined;
  const { store, group } = session;
  const tries = await sessions.ofGroup(store, group);
  const asked = await followUps.ofPayment(shop.domain, id);
  const now = ports.clock.now();
  return {
    id: session.id,
    mode: store === shop.live ? 'live' : 'test',
    kind: session.kind,
    amount: formatMoney(session.amount),
    shopify: shownState(session, now),
    rejection: session.rejection,
    startedAt: instant(session.createdAt),
    committedAt: instantOrNull(session.committedAt),
    siblings: tries
      .filter((other) => other.id !== id)
      .map((other) => ({ id: other.id, shopify: shownState(other, now) })),
    refunds: asked.filter(({ kind }) => kind === 'refund').map((row) => refundLine(row, now)),
    reviews: await reviewsOfOrder(ports, shop, store, group),
    ...(await orderStory(ports, store, group)),
  };
};
