import type { RestCall } from '../rest/call.ts';
import { type RestAnswer, restError } from '../rest/rest-error.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { wpNonce } from '../storefront/urls.ts';
import { type CartSession, cartHash, hasSession } from './cart-session.ts';

/** Headers of every answer of the Store API, faults of parameters included [store-checkout-bad-method]. */
const commonHeaders = (allow: string): Record<string, string> => ({
  'Access-Control-Expose-Headers': 'X-WP-Total, X-WP-TotalPages, Link, Cart-Token',
  'Access-Control-Allow-Headers':
    'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type, Cart-Token, Nonce',
  Allow: allow,
});

const storeNonce = (store: Store): string => wpNonce(store, 'wc_store_api');

/** An answer to a visitor with a cart. */
export const inSession = (
  store: Store,
  session: CartSession,
  allow: string,
  answer: RestAnswer,
): RestAnswer => ({
  ...answer,
  headers: {
    ...commonHeaders(allow),
    Nonce: storeNonce(store),
    'Nonce-Timestamp': String(Math.floor(store.clock.now() / 1000)),
    'User-ID': '0',
    'Cart-Token': session.token,
    'Cart-Hash': cartHash(session),
    'Cache-Control': 'no-store',
    ...answer.headers,
  },
});

/** An answer given before anybody looked at the cart. */
export const outOfSession = (allow: string, answer: RestAnswer): RestAnswer => ({
  ...answer,
  headers: { ...commonHeaders(allow), ...answer.headers },
});

/** A write needs the nonce of the shop's own pages, or the token of a cart [src]. */
export const nonceFault = (store: Store, call: RestCall): RestAnswer | undefined => {
  if (hasSession(store, call)) return undefined;
  const nonce = call.headers.nonce;
  if (nonce === undefined)
    return restError(
      'woocommerce_rest_missing_nonce',
      'Missing the Nonce header. This endpoint requires a valid nonce.',
      401,
    );
  return nonce === storeNonce(store)
    ? undefined
    : restError('woocommerce_rest_invalid_nonce', 'Nonce is invalid.', 403);
};

export const record = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // A JSON value that is neither a list nor a number is an object of JSON values.
      (value as Readonly<Record<string, Json>>)
    : {};
