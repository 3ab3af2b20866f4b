import type { InvoiceException } from '../invoice/exception.ts';
import type { StorefrontRefusal } from './storefront.ts';

/** What follows from a storefront that would not settle. */
export interface SettleRefusal {
  readonly exceptions: readonly InvoiceException[];
  /** The storefront fulfilled nothing for this claim, so another payment of the order may claim it. */
  readonly releases: boolean;
  /** The order can still be paid and now has money on it: it must not be cancelled as unpaid meanwhile. */
  readonly holds: boolean;
  /** For the owner. */
  readonly detail: string;
}

export const settleRefusal = (reason: StorefrontRefusal): SettleRefusal => {
  switch (reason) {
    case 'total_changed':
      return {
        exceptions: ['amount_mismatch', 'review'],
        releases: true,
        holds: true,
        detail:
          'The order total changed after this invoice was made. The payment was not booked: accept it by hand or refund it.',
      };
    case 'currency_changed':
      return {
        exceptions: ['currency_mismatch', 'review'],
        releases: true,
        holds: true,
        detail:
          'The order currency changed after this invoice was made. The payment was not booked: accept it by hand or refund it.',
      };
    case 'paid_otherwise':
      return {
        exceptions: ['duplicate_payment'],
        releases: false,
        holds: false,
        detail: 'The order was paid in another way before. Refund this payment to the shopper.',
      };
    case 'refunded':
      return {
        exceptions: ['review'],
        releases: false,
        holds: false,
        detail: 'The order was refunded before this payment was booked. Refund this payment too.',
      };
    case 'moved':
      return {
        exceptions: ['review'],
        releases: false,
        holds: false,
        detail:
          'A person changed the order before this payment was booked; it is left as it is. To fulfil it all the same, mark it as paid in the shop and ignore this item; else refund the payment.',
      };
    case 'not_ours':
    case 'order_missing':
      return {
        exceptions: ['review'],
        releases: true,
        holds: false,
        detail: 'The shop has no such order for this payment. Find the order or refund the payment.',
      };
    default: {
      const never: never = reason;
      return never;
    }
  }
};
