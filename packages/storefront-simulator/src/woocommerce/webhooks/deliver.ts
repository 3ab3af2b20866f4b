import { orderJson } from '../rest/order-json.ts';
import { invalidOrderId } from '../rest/rest-error.ts';
import { type Json, phpJson } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { deliveryId, transportHeaders, webhookSignature } from './delivery-headers.ts';
import { httpPost, type PostResult } from './http-post.ts';
import { parseTopic, type Topic } from './topic.ts';
import type { QueuedDelivery, Webhook } from './webhook.ts';

/** WooCommerce disables a hook when a delivery fails while this many failures are already counted. */
const MAX_FAILURES = 5;

export interface Delivery {
  readonly webhookId: number;
  readonly topic: string;
  readonly arg: number;
  readonly result: PostResult;
}

/** Built when it is delivered, not when it happened; a vanished order becomes the API's own error. */
const payload = (store: Store, topic: Topic, arg: number): Json => {
  if (topic.resource === 'action') return { action: topic.hooks[0] ?? topic.event, arg };
  if (topic.event === 'deleted') return { id: arg };
  const order = store.orders.get(arg);
  return order === undefined ? (invalidOrderId().body ?? null) : orderJson(store, order);
};

const count = (store: Store, webhook: Webhook, result: PostResult): void => {
  // 2xx, 301 and 302 count as success (woocommerce.md 4.2).
  if (result.ok && result.status >= 200 && result.status < 303) webhook.failureCount = 0;
  else if (webhook.failureCount > MAX_FAILURES) webhook.status = 'disabled';
  else webhook.failureCount += 1;
  if (!result.ok) store.log.write('webhook-delivery', result.reason, `webhook ${webhook.id}`);
  webhook.dateModified = store.now();
};

const deliver = async (store: Store, queued: QueuedDelivery): Promise<Delivery | undefined> => {
  const webhook = store.webhooks.get(queued.webhookId);
  const topic = webhook === undefined ? undefined : parseTopic(webhook.topic);
  if (webhook === undefined || topic === undefined) return undefined;
  const body = phpJson(payload(store, topic, queued.arg));
  const headers = {
    ...transportHeaders(webhook.deliveryUrl, store.settings),
    'Content-Type': 'application/json',
    'X-WC-Webhook-Source': `${store.settings.homeUrl}/`,
    'X-WC-Webhook-Topic': webhook.topic,
    'X-WC-Webhook-Resource': topic.resource,
    'X-WC-Webhook-Event': topic.event,
    'X-WC-Webhook-Signature': webhookSignature(webhook.secret, body),
    'X-WC-Webhook-ID': String(webhook.id),
    'X-WC-Webhook-Delivery-ID': deliveryId(store.settings.homeUrl, webhook.id, store.now()),
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const result = await httpPost(webhook.deliveryUrl, headers, body, store.settings);
  count(store, webhook, result);
  return { webhookId: webhook.id, topic: webhook.topic, arg: queued.arg, result };
};

/**
 * One WP-Cron run: everything that waits now is delivered once, in order; what is queued meanwhile waits for the
 * next run. A failed delivery is not repeated (woocommerce.md 4.2).
 */
export const runDeliveries = async (store: Store): Promise<Delivery[]> => {
  const due = store.deliveryQueue.splice(0);
  const delivered: Delivery[] = [];
  for (const queued of due) {
    const delivery = await deliver(store, queued);
    if (delivery !== undefined) delivered.push(delivery);
  }
  return delivered;
};
