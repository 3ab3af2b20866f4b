import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { decide } from '../../../../../../admin-view/decide.ts';
import { bodyHint, read, send } from '../../../../../../admin-view/problem.ts';
import { whoDecides } from '../../../../../../admin-view/who.ts';
import { engineOf } from '../../../../../../engine/engine-of.ts';
import { shopOf } from '../../../../../../fulfilment/shop.ts';
import { resolveBody } from '../../../shapes.ts';

/** `resolveBody`, `resolveAnswer` */
export const POST = async (request: AuthenticatedMedusaRequest, response: MedusaResponse): Promise<void> => {
  const { id = '' } = request.params;
  const asked = read(resolveBody, request.body, bodyHint);
  if (!asked.ok) return send(response, asked);
  const by = await whoDecides(request);
  const engine = await engineOf(request.scope);
  send(response, await decide(engine, shopOf(request.scope).query, id, by, asked.value));
};
