import type { WebhookObservation } from '@gatewright/operations';
import { type Ports, receiveWebhook, webhookBodyLimit } from '@gatewright/payment-core';
import type { FastifyInstance } from 'fastify';
import { rawCall } from '../http/raw-call.ts';
import type { Intake } from './intake.ts';
import { webhookErrors } from './webhook-errors.ts';

export interface GatewayWebhooks {
  readonly ports: Ports;
  readonly kick: () => void;
  readonly intake: Pick<Intake, 'during'>;
  readonly onAnswer: (answer: WebhookObservation) => void;
}

/** One byte more than a webhook may have, so that the core itself says `body-too-large` at the edge. */
const bodyLimit = webhookBodyLimit + 1;

/**
 * `POST /webhooks/:gateway/:account`: stored first, answered 200, applied at once by the job runner. What cannot be
 * stored is answered 503, whatever the cause, so that the gateway sends it again.
 */
export const registerGatewayWebhooks = (app: FastifyInstance, webhooks: GatewayWebhooks): void => {
  const { ports, kick, intake, onAnswer } = webhooks;
  app.post<{ Params: { gateway: string; account: string } }>(
    '/webhooks/:gateway/:account',
    { bodyLimit, errorHandler: webhookErrors },
    async (request, reply) => {
      const { gateway, account } = request.params;
      const { headers, body } = rawCall(request);
      const webhook = { headers, body, receivedAt: ports.clock.now() };
      const received = await intake
        .during(() => receiveWebhook(ports, gateway, account, webhook))
        .catch((error: unknown) => {
          request.log.error({ err: error, gateway }, 'webhook not stored');
          return { status: 503, reason: 'not-stored' } as const;
        });
      const { status, reason } = received;
      // An unknown name is a stranger's text: it becomes no label.
      onAnswer({ gateway: ports.gateway(gateway)?.id ?? 'unknown', status, reason });
      if (status === 200) kick();
      else request.log.warn({ gateway, status, reason }, 'webhook refused');
      return reply.code(status).send({ ok: status === 200, reason });
    },
  );
};
