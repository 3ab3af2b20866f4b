import type { Order } from '../orders/order.ts';
import type { Refund } from '../orders/refund.ts';
import type { OrderLinks } from './urls.ts';

/** One field of a gateway's settings, shown with its value to every key that may read (woocommerce.md 5.9). */
export interface GatewaySetting {
  readonly label: string;
  value: string;
  readonly default: string;
}

export type PaymentStart =
  | { readonly ok: true; readonly redirect: string }
  | { readonly ok: false; readonly message: string };

/** `true`, or the text of the WP_Error; an empty text stands for a bare `false`. */
export type RefundAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** A payment method of the shop, what a WC_Payment_Gateway is to WooCommerce. */
export interface PaymentGateway {
  readonly id: string;
  title: string;
  enabled: boolean;
  readonly methodTitle: string;
  readonly methodDescription: string;
  readonly settings: Record<string, GatewaySetting>;
  /** `process_payment`: may be called many times for one order (woocommerce.md section 6). */
  processPayment(order: Order, links: OrderLinks): Promise<PaymentStart>;
  /** `process_refund`; absent when the method cannot refund. */
  processRefund?(order: Order, refund: Refund): Promise<RefundAnswer>;
}

/** A gateway may refuse by throwing; WooCommerce shows the exception's text (woocommerce.md 8.3). */
export const startOf = (gateway: PaymentGateway, order: Order, links: OrderLinks): Promise<PaymentStart> =>
  gateway.processPayment(order, links).catch((error: unknown) => ({
    ok: false,
    message: error instanceof Error ? error.message : 'Error',
  }));

/** Direct bank transfer: no gateway at all; the shopper goes straight to the thank-you page. */
export const bankTransfer = (): PaymentGateway => ({
  id: 'bacs',
  title: 'Direct bank transfer',
  enabled: true,
  methodTitle: 'Direct bank transfer',
  methodDescription: 'Take payments in person via BACS.',
  settings: {},
  processPayment: async (_order, { returnUrl }) => ({ ok: true, redirect: returnUrl }),
});
