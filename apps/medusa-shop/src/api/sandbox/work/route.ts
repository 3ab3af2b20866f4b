import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { GatewrightEngine } from '../gatewright-engine.ts';

/**
 * Does at once what the plugin does in the background by and by: due jobs, a round of reading at the gateways, and what
 * the round has made due.
 */
export const POST = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const engine = await request.scope.resolve<GatewrightEngine>('gatewright').engine();
  await engine.work();
  await engine.reconcile();
  await engine.work();
  response.json({ done: true });
};
