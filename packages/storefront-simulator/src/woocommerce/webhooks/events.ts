import type { Store } from '../store/store.ts';

/**
 * Queues a delivery for every active hook on the topic. The same hook and argument wait only once: five updates
 * before a cron run are one delivery (woocommerce.md 4.2).
 */
const enqueue = (store: Store, topic: string, arg: number): void => {
  for (const webhook of store.webhooks.values()) {
    if (webhook.topic !== topic || webhook.status !== 'active') continue;
    const waiting = store.deliveryQueue.some(
      (queued) => queued.webhookId === webhook.id && queued.arg === arg,
    );
    if (!waiting) store.deliveryQueue.push({ webhookId: webhook.id, arg });
  }
};

export const orderEvent = (store: Store, event: 'created' | 'updated' | 'deleted', orderId: number): void =>
  enqueue(store, `order.${event}`, orderId);

/** A WordPress action with the order id as its first argument. */
export const actionEvent = (store: Store, action: string, orderId: number): void =>
  enqueue(store, `action.${action}`, orderId);
