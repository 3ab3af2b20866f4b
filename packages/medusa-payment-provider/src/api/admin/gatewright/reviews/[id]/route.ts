import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { explainReview } from '../../../../../admin-view/explain-review.ts';
import { send } from '../../../../../admin-view/problem.ts';
import { engineOf } from '../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../fulfilment/shop.ts';

/** `reviewAnswer` */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  const engine = await engineOf(request.scope);
  send(response, await explainReview(engine, shopOf(request.scope).query, id));
};
