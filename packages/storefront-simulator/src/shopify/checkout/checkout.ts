export interface Address {
  readonly given_name?: string;
  readonly family_name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly postal_code?: string;
  readonly province?: string;
  readonly province_code?: string;
  readonly country_code: string;
  readonly phone_number?: string;
  readonly company?: string;
}

export interface Customer {
  readonly email?: string;
  readonly phone_number?: string;
  readonly locale: string;
  readonly billing_address: Address;
  readonly shipping_address?: Address;
}

export interface CheckoutRequest {
  /** Decimal text, no finer than the currency; padded to its decimals on the wire. */
  readonly amount: string;
  /** The buyer's currency; default: the shop's. */
  readonly currency?: string;
  /** Default `sale`. */
  readonly kind?: 'sale' | 'authorization';
  /** Default: a buyer in Canada. Null as in B2B, POS and draft orders. */
  readonly customer?: Customer | null;
}

export type PayOutcome =
  | { readonly ok: true; readonly sessionId: string; readonly gid: string; readonly redirectUrl: string }
  | {
      readonly ok: false;
      readonly reason: 'gateway-not-active' | 'other-method-only' | 'already-ordered' | 'gateway-error';
      /** What the buyer reads. */
      readonly message: string;
      /** The session that failed to start, if one was made. */
      readonly sessionId?: string;
    };

export interface Checkout {
  readonly token: string;
  readonly group: string;
  /** The checkout page; a session's `cancel_url` leads there. */
  readonly url: string;
  /** Chooses the gateway and pays: a new payment session, delivered with repeats. */
  pay(): Promise<PayOutcome>;
}
