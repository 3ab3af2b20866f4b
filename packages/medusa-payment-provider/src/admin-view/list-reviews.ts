import type { ReviewRow } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
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

type State = 'open' | 'resolved';

/** No more is read than up to the end of the page. */
const rowsOf = (tx: SqlTransaction, state: State, end: number): Promise<readonly ReviewRow[]> =>
  end <= 0 ? Promise.resolve([]) : tx.reviews.page(medusaStoreId, { state, limit: end });

const find = ({ ledger }: MedusaEngine, { state, limit, offset }: Asked): Promise<Found> =>
  ledger.transact(async (tx) => {
    const counted = async (of: State): Promise<number> =>
      state === of || state === 'all' ? tx.reviews.count(medusaStoreId, of) : 0;
    const [open, resolved] = [await counted('open'), await counted('resolved')];
    const end = offset + limit;
    const first = await rowsOf(tx, 'open', Math.min(end, open));
    const then = await rowsOf(tx, 'resolved', Math.min(end - open, resolved));
    return { rows: [...first, ...then].slice(offset, end), count: open + resolved };
  });

/** One page of the review queue: what waits, then what was resolved, the oldest of each first. */
export const listReviews = async (
  engine: MedusaEngine,
  query: ShopQuery,
  asked: Asked,
): Promise<ReviewsAnswer> => {
  const { rows, count } = await find(engine, asked);
  const { limit, offset } = asked;
  return { reviews: await reviewViews(query, rows), count, limit, offset };
};
