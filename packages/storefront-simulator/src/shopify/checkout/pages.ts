import { type HttpCall, type ServedAnswer, seeOther } from '../http/call.ts';
import type { PaymentSession } from '../sessions/payment-session.ts';
import { startPayment } from '../sessions/start-payment.ts';
import type { CheckoutState, Platform, ShopState } from '../store/platform.ts';
import { escapeHtml, page } from './html.ts';

const sum = ({ amount, currency }: CheckoutState): string => `${amount} ${currency}`;

const notFound = (): ServedAnswer => page(404, 'Not found', '<p>There is nothing at this address.</p>');

/** Also where a buyer lands who cancelled at the gateway: `cancel_url` (rule 9). */
const checkoutPage = (checkout: CheckoutState, problem?: string): ServedAnswer =>
  page(
    problem === undefined ? 200 : 422,
    'Checkout',
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<p>Total ${escapeHtml(sum(checkout))}</p>
<form method="post" action="/checkouts/${checkout.token}/pay"><button>Pay now</button></form>`,
  );

const statusText = (session: PaymentSession): string => {
  switch (session.state.code) {
    case 'resolved':
      return 'Your order is confirmed.';
    case 'pending':
      return 'Your order is placed. We are waiting for your payment.';
    case 'expired':
      return 'Your payment was not received in time. Your order is cancelled.';
    case 'open':
    case 'rejected':
      return '';
    default: {
      const never: never = session.state;
      return never;
    }
  }
};

/** `nextAction.context.redirectUrl`: as often as the buyer likes, from the first mutation on (rule 16). */
const returnPage = (shop: ShopState, checkout: CheckoutState, session: PaymentSession): ServedAnswer => {
  if (session.state.code === 'rejected')
    return checkoutPage(
      checkout,
      'There was an issue processing your payment. Please try a different payment method.',
    );
  const order = session.orderId === undefined ? undefined : shop.orders.get(session.orderId);
  return page(
    200,
    'Thank you!',
    `<p>Order ${escapeHtml(order?.name ?? '')}, ${escapeHtml(sum(checkout))}</p>
<p data-financial-status="${order?.financialStatus ?? ''}">${statusText(session)}</p>`,
  );
};

const pay = async (platform: Platform, shop: ShopState, checkout: CheckoutState): Promise<ServedAnswer> => {
  const outcome = await startPayment(platform, shop, checkout);
  return outcome.ok ? seeOther(outcome.redirectUrl) : checkoutPage(checkout, outcome.message);
};

/** `/checkouts/{token}`, `…/pay` and `…/return/{secret}`. */
export const serveCheckout = async (
  platform: Platform,
  shop: ShopState,
  call: HttpCall,
): Promise<ServedAnswer> => {
  const [, , token = '', action, secret] = call.path.split('/');
  const checkout = shop.checkouts.get(token);
  if (checkout === undefined) return notFound();
  if (action === undefined && call.method === 'GET') return checkoutPage(checkout);
  if (action === 'pay' && call.method === 'POST') return pay(platform, shop, checkout);
  if (action !== 'return' || secret === undefined) return notFound();
  const session = [...shop.payments.values()].find(
    ({ returnUrl }) => returnUrl?.endsWith(call.path) === true,
  );
  return session === undefined ? notFound() : returnPage(shop, checkout, session);
};
