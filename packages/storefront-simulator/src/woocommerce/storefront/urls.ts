import { createHmac } from 'node:crypto';
import type { Order } from '../orders/order.ts';
import type { Store } from '../store/store.ts';

/** The order-pay page (woocommerce.md section 6), also `payment_url` of the REST order. */
export const orderPayUrl = ({ settings }: Store, order: Order): string =>
  `${settings.homeUrl}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`;

/** The thank-you page, `get_return_url($order)`. */
const orderReceivedUrl = ({ settings }: Store, order: Order): string =>
  `${settings.homeUrl}/checkout/order-received/${order.id}/?key=${order.orderKey}`;

/** Where a payment page sends the shopper back to. */
export interface OrderLinks {
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly orderPayUrl: string;
}

/** A WordPress nonce: bound to an action, ten digits. The double keeps one visitor, so it is not bound to a user. */
export const wpNonce = ({ settings }: Store, action: string): string =>
  createHmac('sha256', settings.homeUrl).update(action).digest('hex').slice(0, 10);

/** `get_cancel_order_url_raw()`: following it cancels at once (woocommerce.md section 6). */
const cancelOrderUrl = (store: Store, order: Order): string =>
  `${store.settings.homeUrl}/cart/?cancel_order=true&order=${order.orderKey}&order_id=${order.id}&redirect&_wpnonce=${wpNonce(store, `cancel-${order.id}`)}`;

export const orderLinks = (store: Store, order: Order): OrderLinks => ({
  returnUrl: orderReceivedUrl(store, order),
  cancelUrl: cancelOrderUrl(store, order),
  orderPayUrl: orderPayUrl(store, order),
});
