import type { Endpoint } from '../rest/endpoint.ts';
import { restError, restOk } from '../rest/rest-error.ts';
import { inSession, nonceFault, outOfSession } from './answer.ts';
import { cartJson } from './cart-json.ts';
import { sessionOf } from './cart-session.ts';

export const getCart: Endpoint = {
  handle: async (store, call) => {
    const session = sessionOf(store, call);
    return inSession(store, session, 'GET', restOk(cartJson(store, session)));
  },
};

/** `POST cart/add-item {id, quantity}`: 201 with the whole cart [store-cart-add]. */
export const addItem: Endpoint = {
  handle: async (store, call, { id, quantity = 1 }) => {
    const fault = nonceFault(store, call);
    if (fault !== undefined) return outOfSession('POST', fault);
    const product = store.products.get(Number(id));
    const count = Number(quantity);
    const session = sessionOf(store, call);
    if (product === undefined || !Number.isInteger(count) || count < 1) {
      const text = 'This product cannot be added to the cart.';
      return inSession(store, session, 'POST', restError('woocommerce_rest_cart_invalid_product', text, 400));
    }
    const at = session.lines.findIndex(({ productId }) => productId === product.id);
    const before = session.lines[at]?.quantity ?? 0;
    session.lines.splice(at < 0 ? session.lines.length : at, at < 0 ? 0 : 1, {
      productId: product.id,
      quantity: before + count,
    });
    return inSession(store, session, 'POST', restOk(cartJson(store, session), 201));
  },
};
