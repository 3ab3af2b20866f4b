import type { RejectCode } from '../payments-api/mutation.ts';

/** Why a refund, capture or void is declined without a person. */
export type DeclineCode =
  | 'order-not-paid-here'
  | 'more-than-paid'
  | 'currency-differs'
  | 'amount-zero'
  | 'amount-missing'
  | 'gateway-refused'
  | 'payment-unknown'
  | 'not-completed'
  | 'complete-already';

/** What the app says to a merchant in Shopify's admin, in one language. `{…}` is put in. */
export interface MerchantTexts {
  readonly rejected: Readonly<Record<RejectCode, string>>;
  /** `{reason}`: the gateway's machine word. */
  readonly declined: Readonly<Record<DeclineCode, string>>;
  /** `{amount}` with its currency. */
  readonly payBackByHand: string;
  readonly lookItUp: string;
}
