import type { PayOutcome } from '../checkout/checkout.ts';
import type { CheckoutState, Installation, Platform, ShopState } from '../store/platform.ts';
import { shopUrl } from '../store/urls.ts';
import { type Delivery, deliver } from './deliver.ts';
import { judgeSessionStart } from './judge-answer.ts';
import { magicOf } from './magic.ts';
import type { PaymentSession } from './payment-session.ts';

const ID_LENGTH = 24;

const newSession = (
  platform: Platform,
  shop: ShopState,
  checkout: CheckoutState,
  test: boolean,
): PaymentSession => {
  const id = platform.random.alphanumeric(ID_LENGTH);
  const gid = `gid://shopify/PaymentSession/${id}`;
  const { group, amount, currency, kind, customer, token } = checkout;
  const requestBody = JSON.stringify({
    id,
    gid,
    group,
    session_id: checkout.buyerSession,
    amount,
    currency,
    test,
    merchant_locale: shop.merchantLocale,
    payment_method: { type: 'offsite', data: { cancel_url: shopUrl(shop.domain, `/checkouts/${token}`) } },
    proposed_at: new Date(platform.clock.now()).toISOString(),
    customer,
    kind,
  });
  return {
    id,
    gid,
    shop: shop.domain,
    checkoutToken: token,
    group,
    kind,
    amount,
    currency,
    test,
    requestBody,
    start: 'waiting',
    redirectUrl: undefined,
    state: { code: 'open' },
    pendingExpiresAt: undefined,
    authorizationExpiresAt: undefined,
    networkTransactionId: undefined,
    authentication: undefined,
    returnUrl: undefined,
    orderId: undefined,
  };
};

export const paymentDelivery = (platform: Platform, shop: ShopState, session: PaymentSession): Delivery => ({
  shop: session.shop,
  endpoint: 'payment',
  sessionId: session.id,
  body: session.requestBody,
  judge: judgeSessionStart(platform.settings.loopbackHttp),
  magic: magicOf(platform, shop.checkouts.get(session.checkoutToken)?.customer ?? null),
});

const wasRejected = (shop: ShopState, { token }: CheckoutState): boolean =>
  [...shop.payments.values()].some(
    ({ checkoutToken, state }) => checkoutToken === token && state.code === 'rejected',
  );

const isOrdered = (shop: ShopState, { orderId }: CheckoutState): boolean =>
  orderId !== undefined && shop.orders.get(orderId)?.cancelledAt === undefined;

type Offer =
  | { readonly ok: true; readonly installation: Installation }
  | Extract<PayOutcome, { readonly ok: false }>;

const offerGateway = ({ settings }: Platform, shop: ShopState, checkout: CheckoutState): Offer => {
  if (isOrdered(shop, checkout))
    return { ok: false, reason: 'already-ordered', message: 'Your order has already been placed.' };
  const { installation } = shop;
  if (installation?.active !== true)
    return {
      ok: false,
      reason: 'gateway-not-active',
      message: 'This store can’t accept payments right now.',
    };
  if (settings.retryAfterReject === 'refused' && wasRejected(shop, checkout))
    return { ok: false, reason: 'other-method-only', message: 'Please try a different payment method.' };
  return { ok: true, installation };
};

/** The buyer presses "Pay now": one more session of this checkout, if the gateway can be offered. */
export const startPayment = async (
  platform: Platform,
  shop: ShopState,
  checkout: CheckoutState,
): Promise<PayOutcome> => {
  const offer = offerGateway(platform, shop, checkout);
  if (!offer.ok) return offer;
  const session = newSession(platform, shop, checkout, offer.installation.testMode);
  shop.payments.set(session.id, session);
  const outcome = await deliver(platform, paymentDelivery(platform, shop, session));
  if (!outcome.ok || outcome.redirectUrl === undefined) {
    session.start = 'failed';
    const message =
      'There was an issue processing your payment. Try again or use a different payment method.';
    return { ok: false, reason: 'gateway-error', message, sessionId: session.id };
  }
  session.start = 'accepted';
  session.redirectUrl = outcome.redirectUrl;
  return { ok: true, sessionId: session.id, gid: session.gid, redirectUrl: outcome.redirectUrl };
};
