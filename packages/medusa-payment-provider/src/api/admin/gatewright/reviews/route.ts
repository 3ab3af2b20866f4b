import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { listReviews } from '../../../../admin-view/list-reviews.ts';
import { read, send } from '../../../../admin-view/problem.ts';
import { engineOf } from '../../../../engine/engine-of.ts';
import { shopOf } from '../../../../fulfilment/shop.ts';
import { reviewsQuery } from '../shapes.ts';

/** `reviewsQuery`, `reviewsAnswer` */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const asked = read(reviewsQuery, request.query, 'state is open, resolved or all; limit is 1 to 100.');
  if (!asked.ok) return send(response, asked);
  const engine = await engineOf(request.scope);
  const value = await listReviews(engine, shopOf(request.scope).query, asked.value);
  send(response, { ok: true, value });
};
