import { orderKeySchema } from '@gatewright/payment-core';
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { engineOf } from '../engine/engine-of.ts';
import { inTurn } from './shop.ts';

const isOurs = async (request: MedusaRequest, cart: string): Promise<boolean> => {
  const key = orderKeySchema.safeParse(cart);
  if (!key.success) return false;
  const engine = await engineOf(request.scope);
  return (await engine.sessions.ofOrder(key.data)).length > 0;
};

/**
 * `POST /store/carts/:id/complete` of a cart that is paid through us waits for the worker that books its payment, and
 * the worker for it, also in another process: core's own lock of the cart does not always hold (see `inTurn`).
 */
export const completeInTurn = async (
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> => {
  const { id = '' } = request.params;
  // Without our ledger nothing is known of this cart: core goes on as it would without us.
  if (!(await isOurs(request, id).catch(() => false))) return next();
  const answered = () =>
    new Promise<void>((resolve) => {
      response.once('close', resolve);
      next();
    });
  await inTurn(request.scope, id, answered).catch(() => {
    if (response.headersSent) return;
    const message = 'This cart is being completed by another request. Ask again in a few seconds.';
    response.status(409).json({ type: 'conflict', code: 'cart-busy', message });
  });
};
