import type { WebhookObservation } from '@gatewright/operations';
import { type HeaderLines, type Ports, receiveWebhook } from '@gatewright/payment-core';
import type { Logger } from 'pino';
import type { Intake } from './intake.ts';

export interface WebhookReply {
  readonly status: number;
  readonly reason: string;
}

export interface GatewayWebhooks {
  readonly ports: Ports;
  readonly kick: () => void;
  readonly intake: Pick<Intake, 'during'>;
  readonly onAnswer: (answer: WebhookObservation) => void;
}

interface Arrived {
  /** As they stand in the address: a stranger's texts. */
  readonly gateway: string;
  readonly account: string;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}

/**
 * Stored first, answered 200, applied at once by the job runner. What cannot be stored is answered 503, whatever the
 * cause, so that the gateway sends it again.
 */
export const answerWebhook = async (
  { ports, kick, intake, onAnswer }: GatewayWebhooks,
  { gateway, account, headers, body }: Arrived,
  { reqId, log }: { readonly reqId: string; readonly log: Logger },
): Promise<WebhookReply> => {
  const webhook = { headers, body, receivedAt: ports.clock.now() };
  const received = await intake
    .during(() => receiveWebhook(ports, gateway, account, webhook))
    .catch((error: unknown) => {
      log.error({ reqId, err: error, gateway }, 'webhook not stored');
      return { status: 503, reason: 'not-stored' } as const;
    });
  const { status, reason } = received;
  // An unknown name is a stranger's text: it becomes no label.
  onAnswer({ gateway: ports.gateway(gateway)?.id ?? 'unknown', status, reason });
  if (status === 200) kick();
  else log.warn({ reqId, gateway, status, reason }, 'webhook refused');
  return { status, reason };
};
