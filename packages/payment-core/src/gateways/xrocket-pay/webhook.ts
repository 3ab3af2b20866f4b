import { hmacKey, sha256 } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { openSignedBody } from '../signed-body.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { type XRocketPayConfig, xRocketPayEventSchema, xRocketPayPaidEventSchema } from './contract.ts';
import { xRocketPayFact } from './status.ts';

/** The HMAC key is the raw SHA-256 digest of the app's key, not its hex. */
const signingKey = perConfig(({ apiKey }: XRocketPayConfig) => hmacKey(sha256(Buffer.from(apiKey, 'utf8'))));

/**
 * `rocket-pay-signature` over the raw body, compared as bytes (XR-6). Events about subscriptions and exchange orders
 * are acknowledged and say nothing here.
 */
export const receiveXRocketPayWebhook = (
  config: XRocketPayConfig,
  request: WebhookRequest,
): WebhookVerdict => {
  const opened = openSignedBody(request, { header: 'rocket-pay-signature', key: signingKey(config) });
  if (!opened.ok) return opened;
  const event = xRocketPayEventSchema.safeParse(opened.value);
  if (!event.success) return refuse('schema', 'not-an-event');
  if (event.data.type !== 'invoicePay') {
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  const paid = xRocketPayPaidEventSchema.safeParse(opened.value);
  if (!paid.success) return refuse('schema', 'not-an-invoice');
  const fact = xRocketPayFact(paid.data.data, 'signed', request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};
