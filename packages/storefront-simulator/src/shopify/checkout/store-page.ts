import { form, type HttpCall, type ServedAnswer, seeOther } from '../http/call.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { wireAmount } from './amount.ts';
import { escapeHtml, page } from './html.ts';
import { openCheckout } from './open-checkout.ts';

const storePage = ({ domain, currency }: ShopState, problem?: string): ServedAnswer =>
  page(
    problem === undefined ? 200 : 422,
    domain,
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="/cart"><label>A gift card over <input name="amount" value="49.90" inputmode="decimal"></label>
${escapeHtml(currency)} <button>Check out</button></form>`,
  );

/** `/` and `/cart`: a shop with one thing to buy, at the price that the buyer names. */
export const serveStore = (platform: Platform, shop: ShopState, call: HttpCall): ServedAnswer => {
  if (call.path !== '/cart' || call.method !== 'POST') return storePage(shop);
  const amount = form(call).get('amount') ?? '';
  if (wireAmount(amount, shop.currency) === undefined)
    return storePage(shop, `${amount} ${shop.currency} cannot be paid.`);
  return seeOther(openCheckout(platform, shop, { amount }).url);
};
