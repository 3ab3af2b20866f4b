import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { receiveGatewayWebhook } from './receive-gateway-webhook.ts';

/** Core's webhook route of our providers; its `pp_` may be left out (contract 3.1). */
export const coreRoute = /^\/hooks\/payment\/((?:pp_)?gatewright_[A-Za-z0-9_-]+)\/?$/;

/**
 * An owner may have given a gateway the address of core's own route. It is answered here and goes no further: core
 * would say 200 before anything is verified or stored, wait five seconds, and lose the event on a restart (contract
 * 3.1), and going on would apply every event a second time.
 */
export const answerCoreRoute = (
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> | void => {
  const name = coreRoute.exec(request.path)?.[1];
  return name === undefined ? next() : receiveGatewayWebhook(request, response, name);
};

/** Core's parser settings for its route would win over a pattern, so every account is named. */
export const coreRoutesOf = (entries: readonly string[]): readonly string[] =>
  entries.flatMap((entry) => [`/hooks/payment/gatewright_${entry}`, `/hooks/payment/pp_gatewright_${entry}`]);
