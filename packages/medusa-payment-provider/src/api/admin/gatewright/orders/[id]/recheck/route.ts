import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { send } from '../../../../../../admin-view/problem.ts';
import { recheck } from '../../../../../../admin-view/recheck.ts';
import { engineOf } from '../../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../../fulfilment/shop.ts';

/** Asks the gateways about this order now. `orderAnswer` */
export const POST = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  send(response, await recheck(await engineOf(request.scope), shopOf(request.scope).query, id));
};
