import type { Order } from '../orders/order.ts';
import { placeOrder } from '../people/place-order.ts';
import type { Endpoint } from '../rest/endpoint.ts';
import { type RestAnswer, restError, restOk } from '../rest/rest-error.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { type PaymentGateway, startOf } from '../storefront/payment-gateway.ts';
import { orderLinks } from '../storefront/urls.ts';
import { inSession, nonceFault, outOfSession, record } from './answer.ts';
import { cartJson } from './cart-json.ts';
import { type CartSession, mergeAddress, sessionOf } from './cart-session.ts';

const ALLOW = 'GET, POST, PUT, PATCH';

const emptyCart = (): RestAnswer =>
  restError('woocommerce_rest_cart_empty', 'Cannot place an order, your cart is empty.', 400);

const checkoutJson = (
  { billing, shipping }: CartSession,
  order: Order | undefined,
  method: string,
  more: Readonly<Record<string, Json>>,
): Json => ({
  order_id: order?.id ?? 0,
  status: order?.status ?? 'checkout-draft',
  order_key: order?.orderKey ?? '',
  order_number: String(order?.id ?? 0),
  customer_note: order?.customerNote ?? '',
  customer_id: 0,
  billing_address: billing,
  shipping_address: shipping,
  payment_method: method,
  ...more,
  extensions: {},
});

/** GET makes no draft yet: the order has the number 0 [store-checkout-get-draft]. */
export const getCheckout: Endpoint = {
  handle: async (store, call) => {
    const session = sessionOf(store, call);
    if (session.lines.length === 0) return inSession(store, session, ALLOW, emptyCart());
    const [method] = [...store.gateways.values()].filter(({ enabled }) => enabled);
    const more = {
      payment_result: null,
      additional_fields: {},
      __experimentalCart: cartJson(store, session),
    };
    return inSession(store, session, ALLOW, restOk(checkoutJson(session, undefined, method?.id ?? '', more)));
  },
};

/** A disabled method is named too, and the empty one, which stands for none [store-checkout-bad-method]. */
const unknownMethod = (store: Store): RestAnswer => {
  const ids = ['', ...store.gateways.keys()];
  const message = `payment_method is not one of ${ids.slice(0, -1).join(', ')}, and ${ids.at(-1)}.`;
  return restError('rest_invalid_param', 'Invalid parameter(s): payment_method', 400, {
    params: { payment_method: message },
    details: { payment_method: { code: 'rest_not_in_enum', message, data: null } },
  });
};

const pay = async (store: Store, session: CartSession, gateway: PaymentGateway): Promise<RestAnswer> => {
  const order = await placeOrder(store, {
    via: 'store-api',
    lines: session.lines,
    method: gateway.id,
    billing: session.billing,
    shipping: session.shipping,
    again: session.awaitingPayment,
  });
  session.awaitingPayment = order.id;
  const started = await startOf(gateway, order, orderLinks(store, order));
  // The text that the gateway gave or threw reaches the shopper [store-checkout-gateway-fail], [-gateway-throw].
  if (!started.ok) return restError('woocommerce_rest_checkout_process_payment_error', started.message, 400);
  const payment_result = {
    payment_status: 'success',
    payment_details: [
      { key: 'result', value: 'success' },
      { key: 'redirect', value: started.redirect },
    ],
    redirect_url: started.redirect,
  };
  const more = { payment_result, additional_fields: {}, __experimentalCart: null };
  return restOk(checkoutJson(session, store.orders.get(order.id), gateway.id, more));
};

/** POST places the order, or takes up the one of the last try, and starts its payment [store-checkout-post]. */
export const postCheckout: Endpoint = {
  handle: async (store, call, sent) => {
    const method = sent.payment_method ?? '';
    if (typeof method !== 'string' || (method !== '' && !store.gateways.has(method)))
      return outOfSession(ALLOW, unknownMethod(store));
    const fault = nonceFault(store, call);
    if (fault !== undefined) return outOfSession(ALLOW, fault);
    const session = sessionOf(store, call);
    if (session.lines.length === 0) return inSession(store, session, ALLOW, emptyCart());
    session.billing = mergeAddress(session.billing, record(sent.billing_address));
    session.shipping = mergeAddress(session.shipping, record(sent.shipping_address));
    const gateway = store.gateways.get(method);
    const answer =
      gateway?.enabled === true
        ? await pay(store, session, gateway)
        : restError('woocommerce_rest_checkout_missing_payment_method', 'No payment method provided.', 400);
    return inSession(store, session, ALLOW, answer);
  },
};
