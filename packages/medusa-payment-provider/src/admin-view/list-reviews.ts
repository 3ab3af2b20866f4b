import type { ReviewRow } from '@gatewright/payment-core';
import type * as z from 'zod';
import type { ReviewsAnswer, reviewsQuery } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { reviewViews } from './review-view.ts';

type Asked = z.output<typeof reviewsQuery>;

interface Found {
  readonly rows: readonly ReviewRow[];
  readonly count: number;
}

/** The page that the admin shows all the time: no more is read than up to its end. */
const openRows = ({ ledger }: MedusaEngine, { limit, offset }: Asked): Promise<Found> =>
  ledger.transact(async (tx) => {
    const { total } = await tx.reviews.newestOpen(medusaStoreId, 0, null);
    const upToEnd = { state: 'open', limit: offset + limit, after: null } as const;
    return { rows: (await tx.reviews.page(medusaStoreId, upToEnd)).slice(offset), count: total };
  });

const rowsWithResolved = ({ ledger }: MedusaEngine, { state, limit, offset }: Asked): Promise<Found> =>
  ledger.transact(async (tx) => {
    const open = state === 'resolved' ? [] : await tx.reviews.list(medusaStoreId, { open: true });
    const rows = [...open, ...(await tx.reviews.list(medusaStoreId, { open: false }))];
    return { rows: rows.slice(offset, offset + limit), count: rows.length };
  });

/** One page of the review queue: what waits longest first, then what was resolved last. */
export const listReviews = async (
  engine: MedusaEngine,
  query: ShopQuery,
  asked: Asked,
): Promise<ReviewsAnswer> => {
  const { rows, count } = await (asked.state === 'open' ? openRows : rowsWithResolved)(engine, asked);
  const { limit, offset } = asked;
  return { reviews: await reviewViews(query, rows), count, limit, offset };
};
