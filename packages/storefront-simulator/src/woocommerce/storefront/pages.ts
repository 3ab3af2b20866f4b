import type { Plugin } from '../plugin/plugin.ts';
import { type HttpCall, header } from '../rest/call.ts';
import type { Store } from '../store/store.ts';
import {
  addToCart,
  ajaxCheckout,
  cartOf,
  checkoutPage,
  homePage,
  noticeHtml,
  submitCheckout,
} from './checkout-pages.ts';
import { htmlPage, type Page, redirectTo } from './html.ts';
import { cancelPage, orderByKey, orderPayPage, orderReceivedPage, payForOrder } from './order-pages.ts';

const checkout = async (store: Store, form: URLSearchParams, cookie: string): Promise<Page> => {
  const result = await submitCheckout(store, form, cartOf(cookie));
  return result.ok ? redirectTo(result.redirect) : checkoutPage(store, noticeHtml(result.faults));
};

/** Everything of the shop that is not its REST API: enough to click through an order and its payment. */
export const servePage = async (store: Store, plugin: Plugin, call: HttpCall): Promise<Page> => {
  const query = new URLSearchParams(call.search);
  const form = new URLSearchParams(call.body.toString('utf8'));
  const cookie = header(call, 'cookie');
  const posted = call.method === 'POST';
  if (call.path === '/' && posted && query.get('wc-ajax') === 'checkout') {
    return ajaxCheckout(store, form, cartOf(cookie));
  }
  if (call.path === '/') {
    const product = query.get('add-to-cart');
    return product === null ? homePage(store) : addToCart(store, product);
  }
  if (call.path === '/checkout/') return posted ? checkout(store, form, cookie) : checkoutPage(store);
  if (call.path === '/cart/') {
    return query.get('cancel_order') === 'true' ? cancelPage(store, plugin, query) : htmlPage('Cart', '');
  }
  const [, page, id = ''] = /^\/checkout\/(order-pay|order-received)\/(\d+)\/$/.exec(call.path) ?? [];
  const order = orderByKey(store, id, query.get('key'));
  if (page === 'order-received') return orderReceivedPage(store, order);
  if (page === 'order-pay') return posted ? payForOrder(store, order, form) : orderPayPage(store, order);
  return htmlPage('Page not found', '', 404);
};
