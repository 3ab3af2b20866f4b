import type { ExactJson } from '../../money/exact-json.ts';
import { singleHeader } from '../../signature/headers.ts';
import { hmacKey, verifyHmacSha256Hex } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { checkTransport, parseBody, signatureHeader } from '../signed-body.ts';
import { refuse, type WebhookRefusal, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { eventSchema, type GatenocConfig, paymentEventSchema } from './contract.ts';
import { gatenocFact } from './status.ts';

const utf8 = new TextEncoder();

const signingKey = perConfig(({ webhookSecret }: GatenocConfig) => hmacKey(utf8.encode(webhookSecret)));

/** Exactly one `t` and one `v1`, in this order, without white space; nothing else is documented. */
const signatureForm = /^t=([^,]*),v1=([^,]*)$/;
/** Ten digits until the year 2286: no sign, fraction, exponent, NaN or milliseconds (GN-3). */
const unixSeconds = /^[1-9][0-9]{9}$/;

type Signed = { readonly ok: true; readonly seconds: string; readonly signature: string } | WebhookRefusal;

/** GN-3: the time stands in both headers, and both say the same. */
const readHeaders = ({ headers }: WebhookRequest): Signed => {
  const header = signatureHeader(headers, 'X-Gateway-Signature');
  if (!header.ok) return header;
  const [, seconds, signature] = signatureForm.exec(header.value) ?? [];
  if (seconds === undefined || signature === undefined) return refuse('signature', 'signature-malformed');
  const timestamp = singleHeader(headers, 'X-Gateway-Timestamp', 'timestamp');
  if (!timestamp.ok) return refuse('signature', timestamp.reason);
  if (!unixSeconds.test(seconds) || !unixSeconds.test(timestamp.value)) {
    return refuse('signature', 'timestamp-malformed');
  }
  if (seconds !== timestamp.value) return refuse('signature', 'timestamp-mismatch');
  return { ok: true, seconds, signature };
};

const isFresh = (seconds: string, receivedAt: number, toleranceSeconds: number): boolean =>
  Math.abs(receivedAt - Number(seconds) * 1_000) <= toleranceSeconds * 1_000;

/** Genuine and well-formed; whose payment it is and what it says is not judged yet. */
const readEvent = (config: GatenocConfig, body: ExactJson, receivedAt: number) => {
  const event = eventSchema.safeParse(body);
  if (!event.success) return refuse('schema', 'not-an-event');
  const payment = paymentEventSchema.safeParse(body);
  if (!payment.success && event.data.event === 'payment.completed') return refuse('schema', 'not-a-payment');
  if (event.data.merchant_id !== config.merchantId) return refuse('semantic', 'merchant-mismatch');
  const from = { authority: 'signed', asOf: receivedAt, event: event.data.event } as const;
  return { ok: true, fact: payment.success ? gatenocFact(payment.data, from) : undefined } as const;
};

/** GN-3: nothing is taken from a stale event, except which payment is worth a read. */
const stale = (config: GatenocConfig, { body, receivedAt }: WebhookRequest): WebhookRefusal => {
  const refusal = refuse('signature', 'timestamp-stale');
  const parsed = parseBody(body);
  const event = parsed.ok ? readEvent(config, parsed.value, receivedAt) : parsed;
  if (!event.ok || !event.fact) return refusal;
  return { ...refusal, hint: { gatewayPaymentId: null, reference: event.fact.reference } };
};

/**
 * HMAC-SHA256 of `t.body` under the webhook secret, over the raw bytes; fresh; for this merchant (GN-3, GN-9). The
 * API key that comes along in a header authenticates nothing and is not looked at (GN-1).
 */
export const receiveGatenocWebhook = (config: GatenocConfig, request: WebhookRequest): WebhookVerdict => {
  const tooLarge = checkTransport(request);
  if (tooLarge) return tooLarge;
  const signed = readHeaders(request);
  if (!signed.ok) return signed;
  const verdict = verifyHmacSha256Hex({
    key: signingKey(config),
    message: [utf8.encode(`${signed.seconds}.`), request.body],
    signature: signed.signature,
  });
  if (!verdict.ok) return refuse('signature', verdict.reason);
  if (!isFresh(signed.seconds, request.receivedAt, config.toleranceSeconds)) return stale(config, request);
  const parsed = parseBody(request.body);
  if (!parsed.ok) return parsed;
  const event = readEvent(config, parsed.value, request.receivedAt);
  if (!event.ok) return event;
  if (!event.fact) {
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  return { ok: true, facts: [event.fact], dedupeKey: eventKey(event.fact) };
};
