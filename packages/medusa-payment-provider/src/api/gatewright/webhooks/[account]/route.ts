import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { receiveGatewayWebhook } from '../../../../webhooks/receive-gateway-webhook.ts';

/** Where gateways send their webhooks. Verified and stored before the answer: 200, 400, 401, 404, 413, 503. */
export const POST = (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const { account = '' } = request.params;
  return receiveGatewayWebhook(request, response, account);
};
