export interface Topic {
  readonly resource: string;
  readonly event: string;
  /** The WordPress actions that fire it, as the API shows them. */
  readonly hooks: readonly string[];
}

const RESOURCES = ['coupon', 'customer', 'order', 'product'];
const EVENTS = ['created', 'updated', 'deleted', 'restored'];

const ORDER_HOOKS: Readonly<Record<string, readonly string[]>> = {
  created: ['woocommerce_new_order'],
  updated: ['woocommerce_update_order', 'woocommerce_order_refunded'],
  deleted: ['wp_trash_post', 'woocommerce_trash_order'],
  restored: ['untrashed_post', 'woocommerce_untrash_order'],
};

/** Reads a topic; undefined when WooCommerce refuses it, such as `order.paid` [webhook-create-bad-topic]. */
export const parseTopic = (topic: string): Topic | undefined => {
  const point = topic.indexOf('.');
  if (point < 0) return undefined;
  const resource = topic.slice(0, point);
  const event = topic.slice(point + 1);
  if (resource === 'action' && /^(?:woocommerce|wc)_\w+$/.test(event))
    return { resource, event, hooks: [event] };
  if (!RESOURCES.includes(resource) || !EVENTS.includes(event)) return undefined;
  return { resource, event, hooks: resource === 'order' ? (ORDER_HOOKS[event] ?? []) : [] };
};
