import type { RestOrder } from './rest-order.ts';

const sameOrigin = (url: URL, storeUrl: string): boolean =>
  url.origin === new URL(storeUrl).origin && url.username === '' && url.password === '';

/**
 * Where a shopper who has paid belongs: the thank-you page, which stands beside order-pay unless the shop renamed its
 * addresses; else the shop itself. REST names the order-pay page only.
 */
export const thankYouUrl = ({ paymentUrl }: RestOrder, storeUrl: string): string => {
  const url = URL.parse(paymentUrl);
  if (url === null || !sameOrigin(url, storeUrl) || !url.pathname.includes('/order-pay/')) return storeUrl;
  url.pathname = url.pathname.replace('/order-pay/', '/order-received/');
  url.searchParams.delete('pay_for_order');
  return url.href;
};
