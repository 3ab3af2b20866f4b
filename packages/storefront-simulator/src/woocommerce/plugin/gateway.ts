import { loadOrder } from '../orders/loaded-order.ts';
import { applyMeta } from '../orders/meta-data.ts';
import type { Order } from '../orders/order.ts';
import { atScale } from '../orders/price.ts';
import type { Refund } from '../orders/refund.ts';
import { saveOrder } from '../orders/save-order.ts';
import type { Store } from '../store/store.ts';
import type { PaymentGateway, RefundAnswer } from '../storefront/payment-gateway.ts';
import { type OrderLinks, orderLinks } from '../storefront/urls.ts';
import type { CheckoutRequest } from './bridge-client.ts';
import type { BridgeResult } from './bridge-transport.ts';
import { orderKeyHash } from './order-key-hash.ts';
import { GATEWAY_ID, type Plugin } from './plugin.ts';

/** What the shopper may fix in advance; neither means the bridge's own chooser. */
export interface PaymentChoice {
  readonly gateway?: string;
  readonly network?: string;
}

export type PaymentStarted =
  /** No invoice: the shopper chooses on the page first. */
  | { readonly ok: true; readonly redirectUrl: string; readonly invoice: string | null }
  | { readonly ok: false; readonly message: string; readonly code: string };

const DOWN = 'Paying this way is not possible right now. Please choose another way to pay.';

const checkoutRequest = (
  store: Store,
  order: Order,
  links: OrderLinks,
  choice: PaymentChoice,
): CheckoutRequest => ({
  order_id: order.id,
  order_key: order.orderKey,
  amount: atScale(order.total, store.settings.decimals),
  currency: order.currency,
  ...choice,
  return_url: links.returnUrl,
  cancel_url: links.cancelUrl,
  order_pay_url: links.orderPayUrl,
  locale: 'en_US',
  description: `Order ${order.id}`,
});

/** The shopper is only ever sent to the bridge's own host or to https (woocommerce.md 8.3). */
const isAllowedRedirect = (redirect: string, bridgeUrl: string): boolean => {
  // A line break would survive URL parsing and break the Location header.
  const url = /\s/.test(redirect) ? null : URL.parse(redirect);
  return url !== null && (url.protocol === 'https:' || url.origin === new URL(bridgeUrl).origin);
};

const refusalText = (result: BridgeResult<unknown>): { message: string; code: string } => {
  if (result.ok) return { message: DOWN, code: 'bad-answer' };
  if (result.reason !== 'problem') return { message: DOWN, code: result.reason };
  return { message: result.problem.shopper_message || DOWN, code: result.problem.code };
};

/** `process_payment`: asks the bridge for an invoice; the order stays as it is and the cart is kept. */
export const startPayment = async (
  store: Store,
  plugin: Plugin,
  order: Order,
  choice: PaymentChoice,
): Promise<PaymentStarted> => {
  const client = plugin.client();
  if (client === undefined) return { ok: false, message: DOWN, code: 'not-connected' };
  const result = await client.checkout(checkoutRequest(store, order, orderLinks(store, order), choice));
  if (!result.ok) return { ok: false, ...refusalText(result) };
  const { invoice, redirect_url: redirectUrl } = result.answer;
  if (!isAllowedRedirect(redirectUrl, client.baseUrl)) {
    store.log.write('bridge-call', 'redirect-not-allowed', 'POST /v1/checkouts');
    return { ok: false, message: DOWN, code: 'redirect-not-allowed' };
  }
  const loaded = loadOrder(store, order.id);
  if (loaded !== undefined) {
    if (invoice !== null)
      loaded.data.metaData = applyMeta(loaded.data.metaData, [
        { key: '_gatewright_invoice', value: invoice },
      ]);
    plugin.payments.set(order.id, { invoice: invoice ?? '', ownStatus: loaded.data.status });
    await saveOrder(store, loaded);
  }
  return { ok: true, redirectUrl, invoice };
};

/** Only `done` and `accepted` are a refund; every other outcome makes WooCommerce remove the refund row again. */
const refundAtBridge = async (
  store: Store,
  plugin: Plugin,
  order: Order,
  refund: Refund,
): Promise<RefundAnswer> => {
  const client = plugin.client();
  if (client === undefined) return { ok: false, message: 'The bridge is not connected.' };
  const request = {
    refund_id: refund.id,
    amount: atScale(refund.amount, store.settings.decimals),
    reason: refund.reason,
  };
  const result = await client.refund(order.id, request, orderKeyHash(order));
  if (!result.ok && result.reason === 'problem') return { ok: false, message: result.problem.owner_message };
  if (!result.ok) {
    return {
      ok: false,
      message: `The bridge could not be asked (${result.reason}). Look there before trying again.`,
    };
  }
  const { outcome, instructions } = result.answer;
  if (outcome === 'done' || outcome === 'accepted') return { ok: true };
  return { ok: false, message: instructions ?? `The refund was not made: ${outcome}.` };
};

/** A full refund moves the order to refunded by the plugin's own hand, so later notes are still taken. */
const noteFullRefund = (plugin: Plugin, orderId: number): void => {
  const payment = plugin.payments.get(orderId);
  if (payment !== undefined) plugin.payments.set(orderId, { ...payment, ownStatus: 'refunded' });
};

/** The plugin's WC_Payment_Gateway. */
export const gatewrightGateway = (store: Store, plugin: Plugin): PaymentGateway => {
  store.statusListeners.push(async ({ id }, _from, to) => {
    if (to === 'refunded' && plugin.claims.has(id)) noteFullRefund(plugin, id);
  });
  return {
    id: GATEWAY_ID,
    title: 'Crypto and more',
    enabled: true,
    methodTitle: 'Gatewright',
    methodDescription: 'Sends the shopper to the payment bridge.',
    settings: { title: { label: 'Title', value: 'Crypto and more', default: 'Crypto and more' } },
    processPayment: async (order) => {
      const started = await startPayment(store, plugin, order, {});
      return started.ok
        ? { ok: true, redirect: started.redirectUrl }
        : { ok: false, message: started.message };
    },
    processRefund: (order, refund) => refundAtBridge(store, plugin, order, refund),
  };
};
