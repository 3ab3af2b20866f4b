import type { RestAnswer } from '../rest/rest-error.ts';
import type { Json } from '../store/php-json.ts';

interface ProblemText {
  readonly status: number;
  readonly owner: string;
  readonly shopper: string;
}

const NOTHING_TO_DO = 'The shop could not take this step. Please contact the shop.';

const PROBLEMS = {
  unauthorized: {
    status: 401,
    owner:
      'The request does not carry a valid WooCommerce key and a valid bridge signature. Pair the plugin again.',
    shopper: NOTHING_TO_DO,
  },
  unknown_version: {
    status: 400,
    owner:
      'The bridge speaks a version of the wire that this plugin does not know. Update the plugin or the bridge.',
    shopper: NOTHING_TO_DO,
  },
  malformed: { status: 400, owner: 'A field is missing or has the wrong form.', shopper: NOTHING_TO_DO },
  order_missing: { status: 404, owner: 'There is no such order in this shop.', shopper: NOTHING_TO_DO },
  paid_otherwise: {
    status: 409,
    owner: 'The order has already been paid in another way. Refund one of the two payments.',
    shopper: 'This order has already been paid.',
  },
  total_changed: {
    status: 409,
    owner: 'The total of the order has changed since the invoice was made. Compare it with what was paid.',
    shopper: 'The total of this order has changed. Please contact the shop.',
  },
  currency_changed: {
    status: 409,
    owner: 'The currency of the order has changed since the invoice was made.',
    shopper: 'The currency of this order has changed. Please contact the shop.',
  },
  refunded: {
    status: 409,
    owner: 'The order has been refunded. Decide whether the new payment is sent back too.',
    shopper: 'This order has been refunded. Please contact the shop.',
  },
  not_ours: {
    status: 409,
    owner: 'The order does not wait for this payment method any more.',
    shopper: 'This order can no longer be paid this way. Please contact the shop.',
  },
  moved: {
    status: 409,
    owner: 'A person or another payment method has changed the order since. Nothing was changed.',
    shopper: NOTHING_TO_DO,
  },
  settled: {
    status: 409,
    owner: 'The order has been paid through Gatewright. Nothing was changed.',
    shopper: 'This order has been paid.',
  },
} as const satisfies Readonly<Record<string, ProblemText>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** `application/problem+json` with the three texts of bridge-api.md; `more` adds facts such as the order's status. */
export const problem = (code: ProblemCode, more: Readonly<Record<string, Json>> = {}): RestAnswer => {
  const { status, owner, shopper } = PROBLEMS[code];
  return {
    status,
    body: { status, code, owner_message: owner, shopper_message: shopper, ...more },
    headers: { 'Content-Type': 'application/problem+json' },
  };
};
