import { hmacKey, sha256, sha256Hex } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { openSignedBody } from '../signed-body.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { completedPaymentSchema, type TonNftConfig, tonNftEventSchema } from './contract.ts';
import { completedFact } from './status.ts';

/** A pasted hash goes before the one that the API key gives: its owner read it at the gateway. */
const keyBytes = ({ apiKey, apiKeyHash, keyEncoding }: TonNftConfig): Uint8Array => {
  const secret = Buffer.from(apiKey ?? '', 'utf8');
  switch (keyEncoding) {
    case 'hex-text':
      return Buffer.from(apiKeyHash ?? sha256Hex(secret), 'utf8');
    case 'raw':
      return apiKeyHash === undefined ? sha256(secret) : Buffer.from(apiKeyHash, 'hex');
    default: {
      const never: never = keyEncoding;
      return never;
    }
  }
};

const signingKey = perConfig((config: TonNftConfig) => hmacKey(keyBytes(config)));

/** NFT-6: the header is unsigned. It may be missing, but no line of it may contradict the signed body. */
const contradicts = (request: WebhookRequest, paymentId: string): boolean =>
  request.headers.some(([name, value]) => name.toLowerCase() === 'x-payment-id' && value !== paymentId);

/** `X-Signature` over the raw body. Events of other types say nothing about a payment and are acknowledged. */
export const receiveTonNftWebhook = (config: TonNftConfig, request: WebhookRequest): WebhookVerdict => {
  const opened = openSignedBody(request, { header: 'x-signature', key: signingKey(config) });
  if (!opened.ok) return opened;
  const envelope = tonNftEventSchema.safeParse(opened.value);
  if (!envelope.success) return refuse('schema', 'not-an-event');
  const { event, paymentId } = envelope.data;
  if (event !== 'payment.completed') {
    return paymentId != null && contradicts(request, paymentId)
      ? refuse('semantic', 'payment-id-differs')
      : { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  const completed = completedPaymentSchema.safeParse(opened.value);
  if (!completed.success) return refuse('schema', 'not-a-payment');
  if (contradicts(request, completed.data.paymentId)) return refuse('semantic', 'payment-id-differs');
  const fact = completedFact(completed.data, config, request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};
