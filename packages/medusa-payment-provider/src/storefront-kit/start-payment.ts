import { type Answered, callStore, type Fields, isFields, type StoreApi, textOf } from './store-api.ts';

export interface PaymentWish {
  readonly cartId: string;
  /** As the region offers it: `pp_gatewright_main`. */
  readonly providerId: string;
  /** Where a shopper who has paid belongs. It has to be below one of the plugin's `storefrontUrls`. */
  readonly returnUrl: string;
  /** Where one who gives up belongs; `returnUrl` where it is left out. */
  readonly cancelUrl?: string;
  /** Network or asset, where the storefront lets the shopper choose; else our page asks. */
  readonly method?: string;
  /** BCP 47, for our page. */
  readonly locale?: string;
  /** For a shop with `orderTiming: 'before_payment'`: the order is placed before the shopper is sent to pay. */
  readonly placeOrder?: boolean;
}

export interface StartedPayment {
  /** Medusa's payment session: what `watchPayment` asks for. */
  readonly sessionId: string;
  /** Our payment page: send the shopper there. */
  readonly checkoutUrl: string;
  /** ISO 8601; null where the shopper has to choose something first. */
  readonly expiresAt: string | null;
  /** The order, where it was placed first. */
  readonly orderId: string | null;
}

type Session = Omit<StartedPayment, 'orderId'>;

const collectionId = (body: Fields): string | undefined =>
  isFields(body.payment_collection) ? textOf(body.payment_collection, 'id') : undefined;

const sessionOf = (value: unknown, providerId: string): Session | undefined => {
  if (!isFields(value) || value.provider_id !== providerId || !isFields(value.data)) return undefined;
  const sessionId = textOf(value, 'id');
  const checkoutUrl = textOf(value.data, 'checkout_url');
  if (sessionId === undefined || checkoutUrl === undefined) return undefined;
  return { sessionId, checkoutUrl, expiresAt: textOf(value.data, 'expires_at') ?? null };
};

const startedSession = (body: Fields, providerId: string): Session | undefined => {
  const collection = body.payment_collection;
  const sessions = isFields(collection) ? collection.payment_sessions : undefined;
  if (!Array.isArray(sessions)) return undefined;
  return sessions.map((each) => sessionOf(each, providerId)).find((each) => each !== undefined);
};

/** Medusa answers 200 with the cart and an error where it could not place the order. */
const placedOrder = (body: Fields): { readonly order: string } | { readonly error: string } | undefined => {
  if (body.type === 'order' && isFields(body.order)) {
    const order = textOf(body.order, 'id');
    return order === undefined ? undefined : { order };
  }
  return isFields(body.error) ? { error: textOf(body.error, 'message') ?? 'no order' } : undefined;
};

const placeOrder = async (api: StoreApi, cartId: string): Promise<Answered<string>> => {
  const placed = await callStore(api, `/store/carts/${encodeURIComponent(cartId)}/complete`, placedOrder, {
    body: {},
  });
  if (!placed.ok) return placed;
  return 'order' in placed.value
    ? { ok: true, value: placed.value.order }
    : { ok: false, reason: 'refused', message: placed.value.error };
};

/**
 * Chooses a Gatewright account for a cart and gets the page to pay on. The cart needs its address and way of shipping
 * before; when its total changes afterwards, start again.
 * @example
 * const started = await startPayment(api, { cartId, providerId: 'pp_gatewright_main', returnUrl: 'https://shop.example/thanks' });
 * if (started.ok) location.assign(started.value.checkoutUrl);
 */
export const startPayment = async (api: StoreApi, wish: PaymentWish): Promise<Answered<StartedPayment>> => {
  const { cartId, providerId, returnUrl, cancelUrl, method, locale } = wish;
  const made = await callStore(api, '/store/payment-collections', collectionId, {
    body: { cart_id: cartId },
  });
  if (!made.ok) return made;
  const data = { return_url: returnUrl, cancel_url: cancelUrl ?? returnUrl, method, locale };
  const path = `/store/payment-collections/${encodeURIComponent(made.value)}/payment-sessions`;
  const started = await callStore(api, path, (body) => startedSession(body, providerId), {
    body: { provider_id: providerId, data },
  });
  if (!started.ok) return started;
  if (!wish.placeOrder) return { ok: true, value: { ...started.value, orderId: null } };
  const placed = await placeOrder(api, cartId);
  return placed.ok ? { ok: true, value: { ...started.value, orderId: placed.value } } : placed;
};
