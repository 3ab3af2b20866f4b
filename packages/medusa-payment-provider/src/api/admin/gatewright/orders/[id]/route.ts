import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { orderView } from '../../../../../admin-view/order-view.ts';
import { engineOf } from '../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../fulfilment/shop.ts';

/** `orderAnswer` */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  const engine = await engineOf(request.scope);
  response.set('cache-control', 'no-store').json(await orderView(engine, shopOf(request.scope).query, id));
};
