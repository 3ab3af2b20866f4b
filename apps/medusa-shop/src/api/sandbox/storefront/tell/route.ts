import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { GatewrightEngine } from '../../gatewright-engine.ts';

interface Telling {
  readonly instruction: unknown;
  readonly invoice: unknown;
}

/** Tells the shop what the core would tell it, for the battery of storefronts. */
export const POST = async (request: MedusaRequest<Telling>, response: MedusaResponse): Promise<void> => {
  const { ports } = await request.scope.resolve<GatewrightEngine>('gatewright').engine();
  const { instruction, invoice } = request.body;
  response.json(await ports.storefront.tell(instruction, invoice));
};
