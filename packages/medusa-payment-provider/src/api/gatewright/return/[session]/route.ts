import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { engineOf } from '../../../../engine/engine-of.ts';
import { returnAddress } from '../../../../storefront/return-address.ts';

/** Leads a shopper who is done at the gateway back to the storefront, to an address of the allow-list and no other. */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { session = '' } = request.params;
  const back = await returnAddress(await engineOf(request.scope), session);
  response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  if (typeof back === 'string') response.redirect(303, back);
  else if (back === null)
    response.type('text/plain').send('You can close this window and go back to the shop.\n');
  else response.status(404).type('text/plain').send('There is no such payment.\n');
};
