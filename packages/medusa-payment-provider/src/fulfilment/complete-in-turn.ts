import { orderKeySchema } from '@gatewright/payment-core';
import type { TurnStart } from '@gatewright/payment-ledger';
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { MedusaEngine } from '../engine/engine.ts';
import { engineOf } from '../engine/engine-of.ts';
import { shopOf } from './shop.ts';
import { createTurns } from './turns.ts';

/** The engine, where it knows a session of this cart. */
const engineOfCart = async (request: MedusaRequest, cart: string): Promise<MedusaEngine | undefined> => {
  const key = orderKeySchema.safeParse(cart);
  if (!key.success) return undefined;
  const engine = await engineOf(request.scope);
  return (await engine.sessions.ofOrder(key.data)).length > 0 ? engine : undefined;
};

const busy = {
  type: 'conflict',
  code: 'cart-busy',
  message: 'This cart is being completed by another request. Ask again in a few seconds.',
};

/**
 * `POST /store/carts/:id/complete` of a cart that is paid through us waits for the worker that books its payment, and
 * the worker for it, also in another process (see `createTurns`).
 */
export const completeInTurn = async (
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> => {
  const { id = '' } = request.params;
  // Without our ledger nothing is known of this cart: core goes on as it would without us.
  const engine = await engineOfCart(request, id).catch(() => undefined);
  if (!engine) return next();
  const { ledger, ports, host } = engine;
  const { inTurn } = createTurns({ ledger, clock: ports.clock, random: ports.random, sleep: host.sleep });
  const answered = async (start: TurnStart): Promise<void> => {
    if (start === 'after-a-dead-one') await shopOf(request.scope).dropDeadLock(id);
    const closed = new Promise<void>((resolve) => {
      response.once('close', resolve);
    });
    next();
    await closed;
  };
  await inTurn(id, answered).catch(() => {
    if (!response.headersSent) response.status(409).json(busy);
  });
};
