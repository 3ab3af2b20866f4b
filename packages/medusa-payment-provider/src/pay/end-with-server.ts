import { seconds } from '@gatewright/payment-core';
import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import type { MedusaEngine } from '../engine/engine.ts';

/** How often a stream looks whether its server is still there. */
const lookMs = seconds(0.5);

/**
 * Medusa ends in order only when every response has finished, and closes this plugin after that: one open stream would
 * keep the process for ever. So the streams end once their server takes no more connections.
 */
export const endWithServer = async (
  { host, pages }: Pick<MedusaEngine, 'host' | 'pages'>,
  request: MedusaRequest,
  response: MedusaResponse,
): Promise<void> => {
  // Node sets it on every socket that a server accepted; the types leave it out.
  const { server } = request.socket as { server?: { listening?: boolean } };
  while (!response.closed) {
    await host.sleep(lookMs);
    if (server?.listening === false) return pages.close();
  }
};
