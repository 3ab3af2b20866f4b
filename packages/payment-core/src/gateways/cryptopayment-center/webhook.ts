import * as z from 'zod';
import { openJson } from '../../money/exact-json.ts';
import { type HmacKey, hmacKey, verifyHmacSha256Hex } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { checkTransport } from '../signed-body.ts';
import { refuse, type WebhookRefusal, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { type CryptoPaymentCenterConfig, invoiceIdSchema } from './contract.ts';
import { cryptoPaymentCenterHint } from './status.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As PHP joins them: a number by its digits, what is missing as nothing. No number is an id or an event of theirs. */
const signedText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const checkSignature = (key: HmacKey, fields: Fields): WebhookRefusal | undefined => {
  const { signature } = fields;
  if (signature === undefined) return refuse('signature', 'signature-missing');
  if (typeof signature !== 'string') return refuse('signature', 'signature-malformed');
  const message = Buffer.from(`${signedText(fields.invoice_id)}.${signedText(fields.event)}`, 'utf8');
  const verdict = verifyHmacSha256Hex({ key, message, signature });
  return verdict.ok ? undefined : refuse('signature', verdict.reason);
};

const signingKey = perConfig((config: CryptoPaymentCenterConfig) => hmacKey(config.signingKey));

const signedHalfSchema = z.object({ invoice_id: invoiceIdSchema, event: z.string() });

/**
 * The signature covers `invoice_id.event` and nothing else, so whatever the rest says, this is a hint that leads to a
 * read (CPC-1, CPC-2). The id's shape rules out a shifted field boundary (CPC-3): in front of the first point of the
 * signed text stands the id, so an unknown event behind a UUID is a genuine one; it is acknowledged and ignored.
 * The signature is a field, so JSON.parse reads the body first; a forgery costs no more than that.
 */
export const receiveCryptoPaymentCenterWebhook = (
  config: CryptoPaymentCenterConfig,
  request: WebhookRequest,
): WebhookVerdict => {
  const tooLarge = checkTransport(request);
  if (tooLarge) return tooLarge;
  const opened = openJson(request.body);
  if (!opened.ok) return refuse('schema', opened.reason);
  if (!isFields(opened.loose)) return refuse('schema', 'not-an-object');
  const refusal = checkSignature(signingKey(config), opened.loose);
  if (refusal) return refusal;
  // Without a repeated key, what is used from here on is what was verified (CPC-12).
  const body = opened.exact();
  if (!body.ok) {
    return body.key === 'signature'
      ? refuse('signature', 'signature-repeated')
      : refuse('schema', body.reason);
  }
  const signed = signedHalfSchema.safeParse(body.value);
  if (!signed.success) return refuse('schema', 'not-an-event');
  const { invoice_id: invoiceId, event } = signed.data;
  const hint = cryptoPaymentCenterHint(invoiceId, event, request.receivedAt);
  if (!hint) {
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  }
  return { ok: true, facts: [hint], dedupeKey: eventKey(hint) };
};
