import type { ReviewAnswer } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import { orderIdOf } from '../fulfilment/read-purchase.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { paymentView } from './order-view.ts';
import { type Outcome, refuse } from './problem.ts';
import { reviewView } from './review-view.ts';

/** An item with everything that is known of its payment, also where Medusa has no order of it yet. */
export const explainReview = async (
  engine: MedusaEngine,
  query: ShopQuery,
  id: string,
): Promise<Outcome<ReviewAnswer>> => {
  const row = await engine.ledger.transact((tx) => tx.reviews.byId(medusaStoreId, id));
  if (!row)
    return refuse({
      status: 404,
      code: 'review-unknown',
      message: 'There is no such review item. Look at the list of open items.',
    });
  const { orderKey } = row;
  const orderId = orderKey === null ? null : ((await orderIdOf(query, orderKey)) ?? null);
  const payment =
    orderKey === null
      ? undefined
      : await engine.ledger.transact((tx) => paymentView(engine, tx, orderKey, orderId));
  return { ok: true, value: { review: reviewView(row, orderId), payment: payment ?? null } };
};
