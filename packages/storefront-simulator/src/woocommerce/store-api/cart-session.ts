import { createHash } from 'node:crypto';
import { type Address, emptyAddress, SHIPPING_FIELDS } from '../orders/order.ts';
import type { CartLine } from '../people/place-order.ts';
import { type HttpCall, header } from '../rest/call.ts';
import type { Store } from '../store/store.ts';

/** A visitor of the Blocks checkout: what WooCommerce keeps in a session. */
export interface CartSession {
  readonly token: string;
  readonly lines: CartLine[];
  billing: Address;
  shipping: Address;
  /** The order that the last try to pay made; the next one takes it up again (woocommerce.md section 6). */
  awaitingPayment: number | undefined;
}

/** In the order of the Store API, where the phone comes last. */
const billingFields = [...SHIPPING_FIELDS.slice(0, 9), 'email', 'phone'];

const newSession = (store: Store): CartSession => {
  const session: CartSession = {
    token: store.random.hex(32),
    lines: [],
    billing: { ...emptyAddress(billingFields), country: 'DE' },
    shipping: { ...emptyAddress(SHIPPING_FIELDS), country: 'DE' },
    awaitingPayment: undefined,
  };
  store.carts.set(session.token, session);
  return session;
};

/** The session of the Cart-Token header; a reading visitor without one gets a new one. */
export const sessionOf = (store: Store, call: HttpCall): CartSession =>
  store.carts.get(header(call, 'cart-token')) ?? newSession(store);

export const hasSession = (store: Store, call: HttpCall): boolean =>
  store.carts.has(header(call, 'cart-token'));

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A line's key is the digest of its product's id. */
export const lineKey = ({ productId }: CartLine): string => md5(String(productId));

export const cartHash = ({ lines }: CartSession): string =>
  lines.length === 0 ? '' : md5(lines.map(({ productId, quantity }) => `${productId}:${quantity}`).join());

/** Keeps the fields that an address has; others are ignored. */
export const mergeAddress = (known: Address, sent: Readonly<Record<string, unknown>>): Address =>
  Object.fromEntries(
    Object.entries(known).map(([field, value]) => {
      const given = sent[field];
      return [field, typeof given === 'string' ? given : value];
    }),
  );
