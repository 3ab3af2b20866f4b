import { type ExactJson, parseExactJson } from '../money/exact-json.ts';
import { type HeaderLines, singleHeader } from '../signature/headers.ts';
import { type HmacKey, verifyHmacSha256Hex } from '../signature/hmac.ts';
import { refuse, type WebhookRefusal, type WebhookRequest, webhookBodyLimit } from './webhook.ts';

type Opened<T> = { readonly ok: true; readonly value: T } | WebhookRefusal;

/** First layer of every webhook: nothing is computed over a body above the limit. */
export const checkTransport = (request: WebhookRequest): WebhookRefusal | undefined =>
  request.body.byteLength > webhookBodyLimit ? refuse('transport', 'body-too-large') : undefined;

/** The one line of a signature header; missing, empty and repeated lines are refused (gateways.md rule 2). */
export const signatureHeader = (headers: HeaderLines, name: string): Opened<string> => {
  const header = singleHeader(headers, name);
  return header.ok ? { ok: true, value: header.value } : refuse('signature', header.reason);
};

/** Parses a body whose signature was checked (or, for CPC, has to be read first). */
export const parseBody = (body: Uint8Array): Opened<ExactJson> => {
  const parsed = parseExactJson(body);
  return parsed.ok ? { ok: true, value: parsed.value } : refuse('schema', parsed.reason);
};

/**
 * A webhook whose HMAC-SHA256 covers exactly the raw body: transport, signature, then JSON (gateways.md rule 1).
 * `prefix` is an optional marker before the hex digits (Teleport's `sha256=`).
 */
export const openSignedBody = (
  request: WebhookRequest,
  signing: { readonly header: string; readonly key: Uint8Array | HmacKey; readonly prefix?: string },
): Opened<ExactJson> => {
  const tooLarge = checkTransport(request);
  if (tooLarge) return tooLarge;
  const header = signatureHeader(request.headers, signing.header);
  if (!header.ok) return header;
  const prefix = signing.prefix ?? '';
  const signature = header.value.startsWith(prefix) ? header.value.slice(prefix.length) : header.value;
  const verdict = verifyHmacSha256Hex({ key: signing.key, message: request.body, signature });
  return verdict.ok ? parseBody(request.body) : refuse('signature', verdict.reason);
};
