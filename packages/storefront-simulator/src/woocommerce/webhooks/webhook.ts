/** A webhook row. The secret is never shown by the API (woocommerce.md 4.2). */
export interface Webhook {
  readonly id: number;
  name: string;
  status: WebhookStatus;
  topic: string;
  deliveryUrl: string;
  secret: string;
  readonly dateCreated: number;
  dateModified: number | null;
  /** Consecutive failures, capped where WooCommerce stops counting. */
  failureCount: number;
  /** True until a ping was answered with 200; such a hook pings again when it is saved. */
  pendingDelivery: boolean;
}

export const WEBHOOK_STATUSES = ['active', 'paused', 'disabled'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** One asynchronous delivery that waits for a cron run: a hook and the first argument of its event. */
export interface QueuedDelivery {
  readonly webhookId: number;
  readonly arg: number;
}
