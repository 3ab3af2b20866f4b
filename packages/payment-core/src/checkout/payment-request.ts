import type { AccountId, OrderKey, StoreId } from '../identity/identity.ts';
import type { Money } from '../money/money.ts';

/** What a checkout asks for (architecture.md, Words). URLs have been checked by the wrapper against the store's host. */
export interface PaymentRequest {
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  /** What people call the order; goes into the gateway's reference. */
  readonly orderNumber: string;
  readonly amount: Money;
  readonly account: AccountId;
  /** Network or asset, where the gateway offers a choice. */
  readonly method: string | null;
  readonly description: string;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly customerEmail: string | null;
  /** When the storefront itself gives the order up, ms; the store's policy where it says nothing. */
  readonly orderDeadline: number | null;
}
