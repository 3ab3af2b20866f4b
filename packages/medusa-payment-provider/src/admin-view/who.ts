import { parseOperatorName } from '@gatewright/payment-core';
import type { AuthenticatedMedusaRequest } from '@medusajs/framework/http';
import * as z from 'zod';
import { shopOf } from '../fulfilment/shop.ts';

const users = z.array(z.object({ email: z.string() }));

/**
 * Who decides, as it is recorded: the signed-in user's e-mail address, else the id of the user or the API key. Taken
 * from Medusa's own sign-in, never from the request's body (invariant 14).
 */
export const whoDecides = async (request: AuthenticatedMedusaRequest): Promise<string> => {
  const { actor_id: id, actor_type: type } = request.auth_context;
  if (type !== 'user') return id;
  const { data } = await shopOf(request.scope).query.graph({
    entity: 'user',
    fields: ['email'],
    filters: { id },
  });
  const email = users.safeParse(data).data?.[0]?.email;
  return (email === undefined ? undefined : parseOperatorName(email)) ?? id;
};
