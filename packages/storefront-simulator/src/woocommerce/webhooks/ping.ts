import type { Store } from '../store/store.ts';
import { transportHeaders } from './delivery-headers.ts';
import { httpPost } from './http-post.ts';
import type { Webhook } from './webhook.ts';

/**
 * The ping of a new hook: form-encoded, unsigned, without X-WC headers. Only exactly 200 settles it, and nobody
 * learns when it fails (woocommerce.md 4.2).
 */
export const ping = async (store: Store, webhook: Webhook): Promise<void> => {
  const body = `webhook_id=${webhook.id}`;
  const headers = {
    ...transportHeaders(webhook.deliveryUrl, store.settings),
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const answer = await httpPost(webhook.deliveryUrl, headers, body, store.settings);
  if (!answer.ok) {
    store.log.write('webhook-delivery', answer.reason, `ping of webhook ${webhook.id}`);
    return;
  }
  if (answer.status !== 200) return;
  webhook.pendingDelivery = false;
  webhook.dateModified = store.now();
};
