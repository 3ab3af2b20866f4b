import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { engineOf } from '../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../fulfilment/shop.ts';
import { readSession } from '../../../../../storefront/read-session.ts';

/** The state of a payment for the storefront's return page (`storeSessionSchema`). */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  const engine = await engineOf(request.scope);
  const found = await readSession(engine, shopOf(request.scope).query, id);
  response.set('cache-control', 'no-store');
  if (found) response.json(found);
  else
    response.status(404).json({
      type: 'not_found',
      code: 'session-unknown',
      message: 'There is no payment session of this id. Start the payment again from the cart.',
    });
};
