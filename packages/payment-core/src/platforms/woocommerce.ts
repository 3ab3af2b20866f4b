import type { InvoiceException } from '../invoice/exception.ts';
import type { InvoiceStatus } from '../invoice/status.ts';

/** The WooCommerce order status an invoice leads to, without the `wc-` prefix (REST has none). */
export type WooCommerceStatus = 'pending' | 'on-hold' | 'processing' | 'cancelled' | 'failed';

export interface WooCommerceMapping {
  readonly status: WooCommerceStatus;
  /** A note for the owner goes with it. */
  readonly note: boolean;
  /** Settling goes through the locked route, which lets WooCommerce choose `completed` where it applies. */
  readonly bySettleRoute: boolean;
}

const as = (status: WooCommerceStatus, note = false, bySettleRoute = false): WooCommerceMapping => ({
  status,
  note,
  bySettleRoute,
});

/** gateways.md 11.6, WooCommerce column. */
export const toWooCommerce = (
  status: InvoiceStatus,
  exceptions: readonly InvoiceException[],
): WooCommerceMapping => {
  switch (status) {
    case 'creating':
    case 'open':
      return as('pending');
    case 'processing':
      return as('on-hold', exceptions.length > 0);
    case 'settled':
      return as('processing', exceptions.length > 0, true);
    case 'expired':
    case 'canceled':
      return as('cancelled');
    case 'failed':
      return as('failed');
    default: {
      const never: never = status;
      return never;
    }
  }
};
