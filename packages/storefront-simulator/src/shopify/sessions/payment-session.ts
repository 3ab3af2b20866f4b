/** The state that the mutations gave a payment; `expired` is Shopify's own end of a pending one (rule 8). */
export type PaymentState =
  | { readonly code: 'open' }
  | { readonly code: 'pending'; readonly reason: string }
  | { readonly code: 'resolved' }
  | {
      readonly code: 'rejected';
      readonly reason: string;
      readonly merchantMessage: string | null;
      readonly source: string | null;
    }
  | { readonly code: 'expired' };

/** One attempt of a buyer to pay, as Shopify keeps it. */
export interface PaymentSession {
  readonly id: string;
  /** `gid://shopify/PaymentSession/<id>`. */
  readonly gid: string;
  readonly shop: string;
  readonly checkoutToken: string;
  /** Equal for all sessions of one checkout. */
  readonly group: string;
  readonly kind: 'sale' | 'authorization';
  /** Decimal text with the currency's decimals: "123.00", "100" in JPY, "1.250" in BHD. */
  readonly amount: string;
  readonly currency: string;
  readonly test: boolean;
  /** The exact body of the session request. */
  readonly requestBody: string;
  /** Whether the app's answer to the session request was received and good (rule 5). */
  start: 'waiting' | 'accepted' | 'failed';
  /** Where the app sends the buyer. */
  redirectUrl: string | undefined;
  state: PaymentState;
  /** Ms since the epoch. */
  pendingExpiresAt: number | undefined;
  authorizationExpiresAt: number | undefined;
  networkTransactionId: string | undefined;
  /** The 3DS data of the resolve, as JSON: a repeat with other data is refused (rule 6). */
  authentication: string | undefined;
  /** `nextAction.context.redirectUrl`, from the first accepted mutation on (rule 16). */
  returnUrl: string | undefined;
  orderId: number | undefined;
}
