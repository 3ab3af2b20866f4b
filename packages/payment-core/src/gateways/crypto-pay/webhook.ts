import { hmacKey, sha256 } from '../../signature/hmac.ts';
import { eventKey, ignoredEventKey } from '../event-key.ts';
import { perConfig } from '../per-config.ts';
import { openSignedBody } from '../signed-body.ts';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../webhook.ts';
import { type CryptoPayConfig, cryptoPayPaidUpdateSchema, cryptoPayUpdateSchema } from './contract.ts';
import { cryptoPayFact } from './status.ts';

/** The HMAC key is the raw SHA-256 digest of the token, not its hex (CP-5). */
const signingKey = perConfig(({ token }: CryptoPayConfig) => hmacKey(sha256(Buffer.from(token, 'utf8'))));

/**
 * `crypto-pay-api-signature` over the raw body (CP-3, CP-4). `update_id` is documented as non-unique, so the key
 * comes from the invoice (CP-1); other update types are acknowledged and say nothing (CP-2).
 */
export const receiveCryptoPayWebhook = (config: CryptoPayConfig, request: WebhookRequest): WebhookVerdict => {
  const opened = openSignedBody(request, { header: 'crypto-pay-api-signature', key: signingKey(config) });
  if (!opened.ok) return opened;
  const update = cryptoPayUpdateSchema.safeParse(opened.value);
  if (!update.success) return refuse('schema', 'not-an-update');
  if (update.data.update_type !== 'invoice_paid') {
    const dedupeKey = ignoredEventKey(request.body);
    return { ok: true, facts: [], dedupeKey, ignored: 'unknown-update-type' };
  }
  const paid = cryptoPayPaidUpdateSchema.safeParse(opened.value);
  if (!paid.success) return refuse('schema', 'not-an-invoice');
  const fact = cryptoPayFact(paid.data.payload, 'signed', request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};
