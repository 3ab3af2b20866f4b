import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { GatewrightEngine } from '../../gatewright-engine.ts';

interface Question {
  readonly store: unknown;
  readonly orderKey: unknown;
}

/** Reads an order as the core would, for the battery of storefronts. */
export const POST = async (request: MedusaRequest<Question>, response: MedusaResponse): Promise<void> => {
  const { ports } = await request.scope.resolve<GatewrightEngine>('gatewright').engine();
  const { store, orderKey } = request.body;
  response.json(await ports.storefront.readOrder(store, orderKey));
};
