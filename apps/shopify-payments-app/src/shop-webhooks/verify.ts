import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HeaderLines, singleHeader } from '@gatewright/payment-core';

export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'hmac-missing' | 'hmac-wrong' };

/** Base64 of HMAC-SHA256 over the bytes as they came (contract 2.12). Case counts in base64, so nothing is folded. */
export const verifyShopWebhook = (secret: string, headers: HeaderLines, body: Uint8Array): Verdict => {
  const sent = singleHeader(headers, 'x-shopify-hmac-sha256');
  if (!sent.ok) return { ok: false, reason: 'hmac-missing' };
  const ours = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
  const theirs = Buffer.from(sent.value);
  return theirs.length === ours.length && timingSafeEqual(theirs, ours)
    ? { ok: true }
    : { ok: false, reason: 'hmac-wrong' };
};
