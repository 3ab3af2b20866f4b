import type { Order } from '../orders/order.ts';
import { atScale } from '../orders/price.ts';
import { type CartLine, placeOrder } from '../people/place-order.ts';
import { phpJson } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { escapeHtml, htmlPage, type Page, redirectTo } from './html.ts';
import { startOf } from './payment-gateway.ts';
import { orderLinks, wpNonce } from './urls.ts';

const CART = 'simulator_cart';

export interface Cart {
  readonly lines: readonly CartLine[];
  /** Whose it is; empty for a visitor who keeps nothing. */
  readonly visitor: string;
}

/** The cart is a cookie of `product:quantity` pairs and a visitor; WooCommerce keeps it in a session of its own. */
export const cartOf = (cookie: string): Cart => {
  const [, text = '', visitor = ''] =
    new RegExp(`(?:^|;\\s*)${CART}=([\\d:.]+)(?:-(\\w+))?`).exec(cookie) ?? [];
  const pairs = [...text.matchAll(/(\d+):(\d+)/g)];
  const lines = pairs.map(([, id, quantity]) => ({ productId: Number(id), quantity: Number(quantity) }));
  return { lines, visitor };
};

export const homePage = (store: Store): Page => {
  const products = [...store.products.values()].map((product) => {
    const price = `${atScale(product.price, store.settings.decimals)} ${store.settings.currency}`;
    return `<li>${escapeHtml(product.name)}, ${escapeHtml(price)} <a href="/?add-to-cart=${product.id}">Buy</a></li>`;
  });
  const page = htmlPage('Test shop', `<ul>${products.join('')}</ul>`);
  const link = `<${store.settings.homeUrl}/wp-json/>; rel="https://api.w.org/"`;
  return { ...page, headers: { ...page.headers, Link: link } };
};

export const addToCart = (store: Store, productId: string): Page => {
  const page = redirectTo('/checkout/');
  const id = String(Number(productId));
  return {
    ...page,
    headers: {
      ...page.headers,
      'Set-Cookie': `${CART}=${id}:1-${store.random.hex(16)}; Path=/; HttpOnly; SameSite=Lax`,
    },
  };
};

const FIELDS = [
  'first_name',
  'last_name',
  'country',
  'address_1',
  'city',
  'state',
  'postcode',
  'phone',
  'email',
];

export const checkoutPage = (store: Store, notice = ''): Page => {
  const inputs = FIELDS.map((field) => `<label>${field} <input name="billing_${field}"></label>`);
  const methods = [...store.gateways.values()]
    .filter(({ enabled }) => enabled)
    .map(
      ({ id, title }) =>
        `<label><input type="radio" name="payment_method" value="${escapeHtml(id)}"> ${escapeHtml(title)}</label>`,
    );
  return htmlPage(
    'Checkout',
    `${notice}<form method="post" action="/checkout/">${inputs.join('')}${methods.join('')}<input type="hidden" name="woocommerce-process-checkout-nonce" value="${wpNonce(store, 'checkout')}"><button>Place order</button></form>`,
  );
};

interface CheckoutFault {
  readonly field?: string;
  /** HTML. */
  readonly text: string;
}

type CheckoutResult =
  | { readonly ok: true; readonly redirect: string; readonly order: Order }
  | { readonly ok: false; readonly faults: readonly CheckoutFault[] };

const fieldFaults = (form: URLSearchParams): CheckoutFault[] => {
  const country = form.get('billing_country') ?? '';
  const email = form.get('billing_email') ?? '';
  return [
    ...(country === ''
      ? [{ field: 'billing_country', text: '<strong>Billing Country / Region</strong> is a required field.' }]
      : []),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
      ? []
      : [
          {
            field: 'billing_email',
            text: '<strong>Billing Email address</strong> is not a valid email address.',
          },
        ]),
  ];
};

const billingOf = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries(FIELDS.map((field) => [field, form.get(`billing_${field}`) ?? '']));

/** Places the order and starts its payment, the common work of both ways to submit the checkout form. */
export const submitCheckout = async (
  store: Store,
  form: URLSearchParams,
  { lines, visitor }: Cart,
): Promise<CheckoutResult> => {
  const refuse = (text: string): CheckoutResult => ({ ok: false, faults: [{ text }] });
  if (form.get('woocommerce-process-checkout-nonce') !== wpNonce(store, 'checkout')) {
    return refuse('We were unable to process your order, please try again.');
  }
  if (lines.length === 0) return refuse('Sorry, your session has expired. <a href="/">Return to shop</a>');
  const faults = fieldFaults(form);
  if (faults.length > 0) return { ok: false, faults };
  const gateway = store.gateways.get(form.get('payment_method') ?? '');
  if (gateway === undefined || !gateway.enabled) return refuse('Invalid payment method.');
  const again = store.awaitingPayment.get(visitor);
  const order = await placeOrder(store, { lines, method: gateway.id, billing: billingOf(form), again });
  if (visitor !== '') store.awaitingPayment.set(visitor, order.id);
  const started = await startOf(gateway, order, orderLinks(store, order));
  return started.ok ? { ok: true, redirect: started.redirect, order } : refuse(escapeHtml(started.message));
};

/** One notice stands alone, several in a list; a fault of a field names it [classic-checkout-no-country]. */
export const noticeHtml = (faults: readonly CheckoutFault[]): string => {
  const [first] = faults;
  const items = faults.map(({ field = '', text }) => `<li data-id="${field}">${text}</li>`);
  const content =
    faults.length === 1 && first?.field === undefined
      ? (first?.text ?? '')
      : `<p class="wc-block-components-notice-banner__summary">The following problems were found:</p><ul>${items.join('')}</ul>`;
  return `<div class="wc-block-components-notice-banner is-error" role="alert"><div class="wc-block-components-notice-banner__content">${content}</div></div>`;
};

/** `POST /?wc-ajax=checkout`: 200 whatever happens (woocommerce.md section 6). */
export const ajaxCheckout = async (store: Store, form: URLSearchParams, cart: Cart): Promise<Page> => {
  const result = await submitCheckout(store, form, cart);
  const body = result.ok
    ? { result: 'success', redirect: result.redirect, order_id: result.order.id }
    : { result: 'failure', messages: noticeHtml(result.faults), refresh: false, reload: false };
  const headers = {
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
    'Content-Type': 'application/json; charset=UTF-8',
  };
  return { status: 200, headers, body: phpJson(body) };
};
