import { hmacKey } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { openSignedBody } from '../signed-body.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { type TeleportPayConfig, teleportEventSchema, teleportInvoiceEventSchema } from './contract.ts';
import { teleportPayFact } from './status.ts';

const signingKey = perConfig(({ webhookSecret }: TeleportPayConfig) =>
  hmacKey(Buffer.from(webhookSecret, 'utf8')),
);

/**
 * `X-Webhook-Signature`, with or without `sha256=`, over the raw body (TP-3). No freshness window: a retry comes up
 * to 36 minutes later, and replays are stopped by the event key (TP-4). Events of other types say nothing about a
 * payment and are acknowledged.
 */
export const receiveTeleportPayWebhook = (
  config: TeleportPayConfig,
  request: WebhookRequest,
): WebhookVerdict => {
  const opened = openSignedBody(request, {
    header: 'x-webhook-signature',
    key: signingKey(config),
    prefix: 'sha256=',
  });
  if (!opened.ok) return opened;
  const envelope = teleportEventSchema.safeParse(opened.value);
  if (!envelope.success) return refuse('schema', 'not-an-event');
  if (envelope.data.event !== 'invoice.status_changed') {
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  const event = teleportInvoiceEventSchema.safeParse(opened.value);
  if (!event.success) return refuse('schema', 'not-an-invoice-event');
  const fact = teleportPayFact(event.data, request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};
