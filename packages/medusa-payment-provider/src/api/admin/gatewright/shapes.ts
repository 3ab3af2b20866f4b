import * as z from 'zod';

/**
 * What the admin routes below /admin/gatewright answer and take. Amounts are decimal strings in major units, currencies
 * in capitals, times ISO 8601 in UTC. Nothing in an answer is secret.
 */
const instant = z.string();
const maybe = instant.nullable();

export const moneyShape = z.object({
  amount: z.string(),
  currency: z.string(),
  network: z.string().optional(),
});

/** Cause, effect and remedy in an owner's words; `account` where it is about one provider entry. */
export const findingShape = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  cause: z.string(),
  effect: z.string(),
  remedy: z.string(),
  account: z.string().nullable(),
});

export const accountShape = z.object({
  /** The payment provider that regions offer: `pp_gatewright_<entry>`. */
  id: z.string(),
  /** `id` of the provider entry in medusa-config. */
  entry: z.string(),
  gateway: z.string(),
  title: z.string(),
  mode: z.enum(['live', 'test']),
  enabled: z.boolean(),
  /** To be copied into the gateway's settings, where it does not take it with each invoice. */
  webhook_url: z.string(),
  /** The gateway is told the address with each invoice: nothing to copy. */
  webhook_per_invoice: z.boolean(),
  refunds: z.enum(['none', 'full', 'partial']),
  /** The gateway can be asked about a payment whose webhook was lost. */
  can_be_read: z.boolean(),
  methods: z.array(z.string()),
  last_webhook: z.object({ taken_at: maybe, refused_at: maybe, refusal: z.string().nullable() }).nullable(),
});

/** `GET /admin/gatewright/settings?check=true`: with `check` the gateways are asked, which takes some seconds. */
export const settingsAnswer = z.object({
  settings: z.object({
    public_url: z.string(),
    storefront_urls: z.array(z.string()),
    order_timing: z.enum(['after_payment', 'before_payment']),
    mode: z.enum(['live', 'test']),
    sandbox: z.boolean(),
    worker_mode: z.enum(['server', 'worker', 'shared']),
    /** Where the ledger is, without credentials. */
    ledger: z.string(),
    open_reviews: z.number(),
    accounts: z.array(accountShape),
    findings: z.array(findingShape),
    /** Whether the gateways were asked for `findings`. */
    checked: z.boolean(),
  }),
});
export type SettingsAnswer = z.infer<typeof settingsAnswer>;

export const reviewShape = z.object({
  id: z.string(),
  kind: z.string(),
  order_key: z.string().nullable(),
  /** Medusa's order, once there is one. */
  order_id: z.string().nullable(),
  invoice: z.string().nullable(),
  account: z.string().nullable(),
  /** What happened and what can be done. */
  detail: z.string(),
  opened_at: instant,
  resolution: z.object({ by: z.string(), reason: z.string(), decision: z.string(), at: instant }).nullable(),
});
export type ReviewAnswerItem = z.infer<typeof reviewShape>;

/** `GET /admin/gatewright/reviews` */
export const reviewsQuery = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});
export const reviewsAnswer = z.object({
  reviews: z.array(reviewShape),
  count: z.number(),
  limit: z.number(),
  offset: z.number(),
});
export type ReviewsAnswer = z.infer<typeof reviewsAnswer>;

/**
 * `POST /admin/gatewright/reviews/:id/resolve`. `accept`: the order counts as paid and is made or booked, `amount` is
 * what it is worth now; `refund-noted`: the money was sent back by hand; `ignore`: nothing is owed.
 */
export const resolveBody = z.object({
  decision: z.enum(['accept', 'refund-noted', 'ignore']),
  amount: z.string().max(200).optional(),
  /** The order's own where it is left out. */
  currency: z.string().max(20).optional(),
  reason: z.string().trim().min(1).max(1_000),
});
export type ResolveBody = z.input<typeof resolveBody>;
export const resolveAnswer = z.object({ review: reviewShape });

const refundShape = z.object({
  id: z.string(),
  state: z.enum(['sending', 'done', 'accepted', 'refused', 'unknown', 'manual']),
  order_amount: moneyShape,
  gateway_amount: moneyShape,
  created_at: instant,
});

export const invoiceShape = z.object({
  id: z.string(),
  /** Counts the attempts of one order. */
  n: z.number(),
  account: z.string(),
  gateway: z.string(),
  title: z.string(),
  /** Network or asset the shopper chose, where the gateway needs one. */
  method: z.string().nullable(),
  status: z.enum(['creating', 'open', 'processing', 'settled', 'expired', 'canceled', 'failed']),
  exceptions: z.array(z.string()),
  superseded: z.boolean(),
  /** This attempt's money paid the order. */
  paid_the_order: z.boolean(),
  amount: moneyShape,
  /** What the shopper has to send. */
  asked: moneyShape.nullable(),
  received: moneyShape.nullable(),
  /** Between what was asked and what came, in the same currency on the same network. Null: none, or not comparable. */
  difference: moneyShape.extend({ kind: z.enum(['missing', 'excess']) }).nullable(),
  /** In the order's currency: sent back, or being sent back. */
  refunded: moneyShape.nullable(),
  network: z.string().nullable(),
  reference: z.string(),
  gateway_payment: z.string().nullable(),
  transaction: z.string().nullable(),
  /** A block explorer's page of the transaction, where the network is known. */
  transaction_url: z.string().nullable(),
  confirmations: z.object({ received: z.number(), required: z.number() }).nullable(),
  refunds_by: z.enum(['gateway', 'hand']),
  created_at: instant,
  expires_at: instant,
  settled_at: maybe,
  last_read_at: maybe,
  timeline: z.array(z.object({ at: instant, event: z.string(), detail: z.string() })),
  refunds: z.array(refundShape),
});
export type InvoiceView = z.infer<typeof invoiceShape>;

export const paymentShape = z.object({
  /** The cart, or the payment collection where there is no cart. */
  order_key: z.string(),
  /** `ended`: it can no longer be paid. */
  state: z.enum(['open', 'ended']),
  paid: z.boolean(),
  /** Medusa has booked it. */
  booked: z.boolean(),
  amount: moneyShape.nullable(),
  deadline: maybe,
  /** The shopper's page. */
  pay_url: z.string().nullable(),
  /** Oldest first. */
  invoices: z.array(invoiceShape),
  /** What Medusa was told, and what it answered. */
  instructions: z.array(
    z.object({
      kind: z.string(),
      state: z.string(),
      note: z.string(),
      answer: z.string().nullable(),
      at: instant,
    }),
  ),
  /** Open ones first. */
  reviews: z.array(reviewShape),
});
export type PaymentView = z.infer<typeof paymentShape>;

/** `GET /admin/gatewright/reviews/:id`: what led to an item. `payment` is null where it is about no order. */
export const reviewAnswer = z.object({ review: reviewShape, payment: paymentShape.nullable() });
export type ReviewAnswer = z.infer<typeof reviewAnswer>;

/** `GET /admin/gatewright/orders/:id` and `POST …/recheck`. Empty: no payment of this order went through Gatewright. */
export const orderAnswer = z.object({ order_id: z.string(), payments: z.array(paymentShape) });
export type OrderAnswer = z.infer<typeof orderAnswer>;

/**
 * `POST /admin/gatewright/invoices/:id/record-refund`: money that was sent back by hand is booked in Medusa and counted
 * against later refunds. Nothing is sent.
 */
export const recordRefundBody = z.object({
  /** In the order's currency. */
  amount: z.string().max(200),
  reason: z.string().trim().min(1).max(1_000),
});
export type RecordRefundBody = z.input<typeof recordRefundBody>;
export const recordRefundAnswer = z.object({ invoice: invoiceShape });

/** Every refusal: `message` says what is wrong and what to do instead. */
export const problemAnswer = z.object({
  type: z.string(),
  /** Kebab-case, stable. */
  code: z.string(),
  message: z.string(),
});
export type ProblemAnswer = z.infer<typeof problemAnswer>;
