import type { ReviewRow } from '@gatewright/payment-core';
import type * as z from 'zod';
import type { ReviewsAnswer, reviewsQuery } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { reviewViews } from './review-view.ts';

const rowsOf = (
  { ledger }: MedusaEngine,
  state: z.output<typeof reviewsQuery>['state'],
): Promise<readonly ReviewRow[]> =>
  ledger.transact(async (tx) => {
    const open = state === 'resolved' ? [] : await tx.reviews.list(medusaStoreId, { open: true });
    const resolved = state === 'open' ? [] : await tx.reviews.list(medusaStoreId, { open: false });
    return [...open, ...resolved];
  });

/** One page of the review queue: what waits longest first, then what was resolved last. */
export const listReviews = async (
  engine: MedusaEngine,
  query: ShopQuery,
  { state, limit, offset }: z.output<typeof reviewsQuery>,
): Promise<ReviewsAnswer> => {
  const rows = await rowsOf(engine, state);
  const sorted = [...rows].sort((a, b) => Number(a.resolution !== null) - Number(b.resolution !== null));
  const reviews = await reviewViews(query, sorted.slice(offset, offset + limit));
  return { reviews, count: rows.length, limit, offset };
};
