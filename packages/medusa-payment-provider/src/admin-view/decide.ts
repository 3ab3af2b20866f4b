import {
  type DecideRefusal,
  decideRefusalStatus,
  decideRefusalText,
  decideReview,
} from '@gatewright/payment-core';
import type * as z from 'zod';
import type { ReviewAnswerItem, resolveBody } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { type Outcome, type Problem, refuse } from './problem.ts';
import { reviewViews } from './review-view.ts';

const problemOf = (reason: DecideRefusal): Problem => {
  const { cause, remedy } = decideRefusalText(reason);
  return { status: decideRefusalStatus(reason), code: reason, message: `${cause} ${remedy}` };
};

/** Ends a review item in the name of the person who is signed in. @param by from `whoDecides` */
export const decide = async (
  engine: MedusaEngine,
  query: ShopQuery,
  review: string,
  by: string,
  { decision, amount, currency, reason }: z.output<typeof resolveBody>,
): Promise<Outcome<{ review: ReviewAnswerItem }>> => {
  const words = { kind: decision, amount, currency };
  const decided = await decideReview(engine.ports, {
    store: medusaStoreId,
    review,
    by,
    reason,
    decision: words,
  });
  if (!decided.ok) return refuse(problemOf(decided.reason));
  engine.kick();
  const row = await engine.ledger.transact((tx) => tx.reviews.byId(medusaStoreId, review));
  const [view] = await reviewViews(query, row ? [row] : []);
  return view ? { ok: true, value: { review: view } } : refuse(problemOf('review-unknown'));
};
