import { createHmac } from 'node:crypto';

/** Hexadecimal HMAC-SHA256 over the sorted query, as the OAuth callback and the app's own address carry it. */
export const queryHmac = (secret: string, query: Readonly<Record<string, string>>): string => {
  const message = Object.keys(query)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `${name}=${encodeURIComponent(query[name] ?? '')}`)
    .join('&');
  return createHmac('sha256', secret).update(message).digest('hex');
};

/** Base64 HMAC-SHA256 over the raw body of a webhook. */
export const bodyHmac = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');
