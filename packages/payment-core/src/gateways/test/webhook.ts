import { type HmacKey, hmacKey } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { openSignedBody } from '../signed-body.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import {
  signatureHeader,
  statusChanged,
  type TestGatewayConfig,
  testGatewayEventSchema,
} from './contract.ts';
import { testGatewayFact } from './status.ts';

/** Ready to sign and to check with. */
export const signingKey: (config: TestGatewayConfig) => HmacKey = perConfig(({ key }: TestGatewayConfig) =>
  hmacKey(Buffer.from(key, 'utf8')),
);

/** `X-Test-Signature` over the raw body: what the built-in page says goes the way of every gateway's news. */
export const receiveTestGatewayWebhook = (
  config: TestGatewayConfig,
  request: WebhookRequest,
): WebhookVerdict => {
  const opened = openSignedBody(request, { header: signatureHeader, key: signingKey(config) });
  if (!opened.ok) return opened;
  const event = testGatewayEventSchema.safeParse(opened.value);
  if (!event.success) return refuse('schema', 'not-an-event');
  if (event.data.event !== statusChanged) {
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  const fact = testGatewayFact(event.data, request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};
