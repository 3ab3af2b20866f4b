/** REST statuses without the `wc-` prefix (woocommerce.md 2.1); `trash` is reached only by deleting. */
export const ORDER_STATUSES = [
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const;

export type WritableOrderStatus = (typeof ORDER_STATUSES)[number];
export type OrderStatus = WritableOrderStatus | 'trash';

const NAMES = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  'checkout-draft': 'Draft',
} as const;

/** `GET orders/statuses`, in the recorded order [orders-statuses]. */
export const statusList: readonly { slug: string; name: string }[] = Object.entries(NAMES).map(
  ([slug, name]) => ({ slug, name }),
);

export const statusName = (status: OrderStatus): string =>
  status === 'auto-draft' || status === 'trash' ? status : NAMES[status];

/** Statuses from which `needs_payment` can be true: what REST's set_paid asks (woocommerce.md 2.1). */
export const awaitsPayment = (status: OrderStatus): boolean => status === 'pending' || status === 'failed';

/** Statuses from which `payment_complete()` itself pays (woocommerce.md 2.1). */
export const acceptsPaymentComplete = (status: OrderStatus): boolean =>
  awaitsPayment(status) || status === 'on-hold' || status === 'cancelled';

export const isPaidStatus = (status: OrderStatus): boolean =>
  status === 'processing' || status === 'completed';

export const isEditable = (status: OrderStatus): boolean =>
  status === 'pending' || status === 'on-hold' || status === 'auto-draft';

/** What reaching a status does to the stock (woocommerce.md 2.3). */
export const stockEffect = (status: OrderStatus): 'reduce' | 'restore' | 'none' => {
  switch (status) {
    case 'processing':
    case 'completed':
    case 'on-hold':
      return 'reduce';
    case 'pending':
    case 'cancelled':
    case 'failed':
      return 'restore';
    case 'refunded':
    case 'auto-draft':
    case 'checkout-draft':
    case 'trash':
      return 'none';
    default:
      return status satisfies never;
  }
};
