import type { WebhookObservation } from '@gatewright/operations';
import { type HeaderLines, type Ports, receiveWebhook, webhookBodyLimit } from '@gatewright/payment-core';
import type { Logger } from 'pino';
import { readBody } from '../server/read-body.ts';
import type { NoteSighting } from './webhook-sightings.ts';

export const gatewayWebhookPath = /^\/webhooks\/gateways\/([\w-]{1,64})\/([\w-]{1,64})$/;

export interface GatewayWebhooks {
  readonly ports: Ports;
  readonly kick: () => void;
  readonly noteSighting: NoteSighting;
  readonly onWebhook: (answer: WebhookObservation) => void;
  readonly log: Logger;
}

/**
 * `POST /webhooks/gateways/:gateway/:account`: stored first, answered 200, applied by the job runner. What cannot be
 * stored is answered 503, so that the gateway sends it again.
 */
export const gatewayWebhook =
  ({ ports, kick, noteSighting, onWebhook, log }: GatewayWebhooks) =>
  async (request: Request, headers: HeaderLines, gateway: string, account: string): Promise<Response> => {
    const answer = (status: number, reason: string): Response => {
      // An unknown name is a stranger's text: it becomes no label.
      onWebhook({ gateway: ports.gateway(gateway)?.id ?? 'unknown', status, reason });
      return Response.json({ ok: status === 200, reason }, { status });
    };
    // One byte more than a webhook may have, so that the core itself says what is too large.
    const body = await readBody(request, webhookBodyLimit + 1);
    if (!body.ok) return answer(body.status, body.status === 413 ? 'body-too-large' : 'malformed');
    const webhook = { headers, body: body.bytes, receivedAt: ports.clock.now() };
    try {
      const { status, reason } = await receiveWebhook(ports, gateway, account, webhook);
      if (status === 200) {
        kick();
        // Stored already: what is only shown must not make the gateway send it again.
        await noteSighting(account).catch((error: unknown) => log.warn({ err: error }, 'sighting not noted'));
      } else log.warn({ status, reason }, 'webhook refused');
      return answer(status, reason);
    } catch (error) {
      log.error({ err: error }, 'webhook not stored');
      return answer(503, 'not-stored');
    }
  };
