import { createHmac } from 'node:crypto';
import type { StoreSettings } from '../store/settings.ts';

/** Headers of a ping, in the recorded order and case [webhook-ping]; a delivery adds its own after them. */
export const transportHeaders = (
  deliveryUrl: string,
  { versions }: StoreSettings,
): Record<string, string> => ({
  Host: new URL(deliveryUrl).host,
  'User-Agent': `WooCommerce/${versions.woocommerce} Hookshot (WordPress/${versions.wordpress})`,
  Accept: '*/*',
  'Accept-Encoding': 'deflate, gzip, br, zstd',
});

const decodeEntities = (secret: string): string =>
  secret
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#039;', "'")
    .replaceAll('&amp;', '&');

/** base64(HMAC-SHA256(raw body, secret)); the secret loses its HTML entities first (woocommerce.md 4.1). */
export const webhookSignature = (secret: string, body: string): string =>
  createHmac('sha256', decodeEntities(secret)).update(body).digest('base64');

/** hash(webhook id + second): two deliveries of one hook in one second share it (woocommerce.md 4.2). */
export const deliveryId = (homeUrl: string, webhookId: number, now: number): string =>
  createHmac('md5', homeUrl)
    .update(`${webhookId}${Math.floor(now / 1000)}`)
    .digest('hex');
