import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { bodyHint, read, send } from '../../../../../../admin-view/problem.ts';
import { recordRefund } from '../../../../../../admin-view/record-refund.ts';
import { whoDecides } from '../../../../../../admin-view/who.ts';
import { engineOf } from '../../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../../fulfilment/shop.ts';
import { recordRefundBody } from '../../../shapes.ts';

/** `recordRefundBody`, `recordRefundAnswer` */
export const POST = async (request: AuthenticatedMedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  const asked = read(recordRefundBody, request.body, bodyHint);
  if (!asked.ok) return send(response, asked);
  const by = await whoDecides(request);
  const engine = await engineOf(request.scope);
  send(response, await recordRefund(engine, shopOf(request.scope), id, by, asked.value));
};
