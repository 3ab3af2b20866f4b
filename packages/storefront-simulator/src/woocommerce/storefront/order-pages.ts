import type { Order } from '../orders/order.ts';
import { awaitsPayment, statusName } from '../orders/order-status.ts';
import { atScale } from '../orders/price.ts';
import { cancelByShopper } from '../people/shopper.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Store } from '../store/store.ts';
import { escapeHtml, htmlPage, type Page, redirectTo } from './html.ts';
import { orderLinks, orderPayUrl, wpNonce } from './urls.ts';

/** The order of a link, when the link has its key. */
export const orderByKey = (store: Store, id: string, key: string | null): Order | undefined => {
  const order = store.orders.get(Number(id));
  return order?.orderKey === key ? order : undefined;
};

const noOrder = (): Page => htmlPage('Sorry, this order is invalid and cannot be paid for.', '', 404);

const facts = (store: Store, order: Order): string => {
  const total = `${atScale(order.total, store.settings.decimals)} ${order.currency}`;
  return `<dl><dt>Order number</dt><dd>${order.id}</dd><dt>Status</dt><dd data-status="${order.status}">${escapeHtml(statusName(order.status))}</dd><dt>Total</dt><dd>${escapeHtml(total)}</dd><dt>Payment method</dt><dd>${escapeHtml(order.paymentMethodTitle)}</dd></dl>`;
};

/** The thank-you page; it only shows, it decides nothing (woocommerce.md 8.5). */
export const orderReceivedPage = (store: Store, order: Order | undefined): Page => {
  if (order === undefined) return noOrder();
  const payAgain = awaitsPayment(order.status)
    ? `<p>We are waiting for your payment. <a href="${escapeHtml(orderPayUrl(store, order))}">Pay for this order</a></p>`
    : '';
  return htmlPage(
    'Order received',
    `<p>Thank you. Your order has been received.</p>${facts(store, order)}${payAgain}`,
  );
};

const cannotBePaid = (store: Store, order: Order): Page =>
  htmlPage(
    'Pay for order',
    `<p>This order&rsquo;s status is &ldquo;${escapeHtml(statusName(order.status))}&rdquo;&mdash;it cannot be paid for. Please contact us if you need assistance.</p>${facts(store, order)}`,
  );

const payForm = (store: Store, order: Order, error: string): Page => {
  const methods = [...store.gateways.values()].filter(({ enabled }) => enabled);
  const choices = methods.map(
    ({ id, title }) =>
      `<label><input type="radio" name="payment_method" value="${escapeHtml(id)}"${id === order.paymentMethod ? ' checked' : ''}> ${escapeHtml(title)}</label>`,
  );
  const notice = error === '' ? '' : `<p role="alert">${escapeHtml(error)}</p>`;
  return htmlPage(
    'Pay for order',
    `${notice}${facts(store, order)}<form method="post"><input type="hidden" name="woocommerce_pay" value="1"><input type="hidden" name="woocommerce-pay-nonce" value="${wpNonce(store, 'pay')}">${choices.join('')}<button>Pay for order</button></form>`,
  );
};

/** GET of the order-pay link. */
export const orderPayPage = (store: Store, order: Order | undefined): Page => {
  if (order === undefined) return noOrder();
  return awaitsPayment(order.status) ? payForm(store, order, '') : cannotBePaid(store, order);
};

/** POST of the order-pay form: 302 to the gateway [order-pay-post]; refused when on-hold or cancelled. */
export const payForOrder = async (
  store: Store,
  order: Order | undefined,
  form: URLSearchParams,
): Promise<Page> => {
  if (order === undefined) return noOrder();
  if (!awaitsPayment(order.status)) return cannotBePaid(store, order);
  const gateway = store.gateways.get(form.get('payment_method') ?? '');
  if (form.get('woocommerce-pay-nonce') !== wpNonce(store, 'pay'))
    return payForm(store, order, 'Please try again.');
  if (gateway === undefined || !gateway.enabled) return payForm(store, order, 'Invalid payment method.');
  order.paymentMethod = gateway.id;
  order.paymentMethodTitle = gateway.title;
  const started = await gateway.processPayment(structuredClone(order), orderLinks(store, order));
  return started.ok ? redirectTo(started.redirect) : payForm(store, order, started.message);
};

/** The cancel link: cancels at once when key, nonce and status allow it (woocommerce.md section 6). */
export const cancelPage = async (store: Store, plugin: Plugin, query: URLSearchParams): Promise<Page> => {
  const order = orderByKey(store, query.get('order_id') ?? '', query.get('order'));
  const allowed = order !== undefined && query.get('_wpnonce') === wpNonce(store, `cancel-${order.id}`);
  const result = allowed ? await cancelByShopper(store, plugin, order.id) : undefined;
  const text =
    result?.ok === true
      ? 'Your order was cancelled.'
      : 'Your order can no longer be cancelled. Please contact us if you need assistance.';
  return htmlPage('Cart', `<p>${text}</p>`);
};
