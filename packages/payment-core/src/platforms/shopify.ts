import type { InvoiceException } from '../invoice/exception.ts';
import type { InvoiceStatus } from '../invoice/status.ts';

/** What to tell Shopify's Payments Apps API about a payment session; `none` is a decision too. */
export type ShopifyMapping =
  | { readonly mutation: 'none' }
  | { readonly mutation: 'pending'; readonly reason: 'NETWORK_ACTION_REQUIRED' | 'MERCHANT_ACTION_REQUIRED' }
  | { readonly mutation: 'resolve' }
  | { readonly mutation: 'reject'; readonly reason: 'CANCELLED_PAYMENT' | 'PROCESSING_ERROR' };

/** Whether the session was pended before: a reject is only right after a pend, since it ends the session for good. */
export interface ShopifySession {
  readonly pended: boolean;
  /** The monitor window is over: no money can be on its way any more. */
  readonly monitored: boolean;
}

const none: ShopifyMapping = { mutation: 'none' };

/**
 * gateways.md 11.6, Shopify column. API versions before 2026-04 have no CANCELLED_PAYMENT and use PROCESSING_ERROR;
 * where MERCHANT_ACTION_REQUIRED is missing from the schema, PARTNER_ACTION_REQUIRED takes its place.
 */
export const toShopify = (
  status: InvoiceStatus,
  exceptions: readonly InvoiceException[],
  session: ShopifySession,
): ShopifyMapping => {
  switch (status) {
    case 'creating':
    case 'open':
      return none;
    case 'processing': {
      const person = exceptions.includes('underpaid') || exceptions.includes('review');
      return { mutation: 'pending', reason: person ? 'MERCHANT_ACTION_REQUIRED' : 'NETWORK_ACTION_REQUIRED' };
    }
    case 'settled':
      return { mutation: 'resolve' };
    case 'expired':
      return session.pended && session.monitored ? { mutation: 'reject', reason: 'CANCELLED_PAYMENT' } : none;
    case 'canceled':
      return session.pended ? { mutation: 'reject', reason: 'CANCELLED_PAYMENT' } : none;
    case 'failed':
      return { mutation: 'reject', reason: 'PROCESSING_ERROR' };
    default: {
      const never: never = status;
      return never;
    }
  }
};
