import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PaymentGateway } from '../../src/index.ts';
import { recordedExchange } from '../support/captures.ts';
import { differences, headerDifferences } from '../support/compare.ts';
import { redirectGateway } from '../support/redirect-gateway.ts';
import { asRecorded } from '../support/replayed.ts';
import { type Shop, startShop } from '../support/shop.ts';
import type { RestReply } from '../support/signed-request.ts';

const CHECKOUT = '/wp-json/wc/store/v1/checkout';
const checkoutBody = z.looseObject({ order_id: z.int(), status: z.string() });

const switchedOff = (id: string): PaymentGateway => ({ ...redirectGateway(), id, enabled: false });

/** The recorded shop: no plugin, `trg` alone switched on, 98 hoodies left. */
const blocksShop = async (): Promise<Shop> => {
  const gateways = [switchedOff('cheque'), switchedOff('cod'), redirectGateway()];
  const shop = await startShop({ plugin: false, gateways });
  await shop.rest('PUT', '/wp-json/wc/v3/payment_gateways/bacs', { body: { enabled: false } });
  await shop.rest('PUT', '/wp-json/wc/v3/products/10', { body: { stock_quantity: 98 } });
  return shop;
};

/** A visitor who keeps the token of the cart. */
const visitorOf = ({ anonymous }: Shop) => {
  let headers: Record<string, string> = {};
  const send = async (method: string, path: string, body?: unknown): Promise<RestReply> => {
    const reply = await anonymous(method, path, { headers, ...(body === undefined ? {} : { body }) });
    const [token, nonce] = [reply.headers.get('cart-token'), reply.headers.get('nonce')];
    if (token !== null && nonce !== null) headers = { 'Cart-Token': token, Nonce: nonce };
    return reply;
  };
  const replay = async (name: string): Promise<RestReply> => {
    const { request, response } = recordedExchange(name);
    const reply = await send(request.method, request.path, request.body ?? undefined);
    const found = [
      ...(reply.status === response.status ? [] : [`status: is ${reply.status}`]),
      ...differences(response.body, reply.body),
      ...headerDifferences(response.headers, reply.headers),
    ];
    expect(found, name).toEqual([]);
    asRecorded(name);
    return reply;
  };
  return { send, replay };
};

const orderIn = (reply: RestReply): number => checkoutBody.parse(reply.body).order_id;

describe('the recorded Blocks checkout (woocommerce.md section 6)', () => {
  it('replays an empty cart, a hoodie, the checkout without a draft and the placed order', async () => {
    const shop = await blocksShop();
    const { replay } = visitorOf(shop);
    await replay('store-cart-get');
    await replay('store-cart-add');
    const looked = await replay('store-checkout-get-draft');
    expect(orderIn(looked)).toBe(0);
    expect(shop.woo.orders(14)).toBeUndefined();
    const id = orderIn(await replay('store-checkout-post'));
    expect(shop.woo.orders(id)).toMatchObject({
      status: 'pending',
      createdVia: 'store-api',
      paymentMethod: 'trg',
      billing: { email: 'ann@example.test' },
      shipping: { city: 'Berlin' },
    });
  });

  it.each(['gateway-fail', 'gateway-throw', 'bad-method'])('store-checkout-%s', async (name) => {
    const { replay } = visitorOf(await blocksShop());
    await replay('store-cart-get');
    await replay('store-cart-add');
    await replay(`store-checkout-${name}`);
  });

  it('a shopper who tries again pays the same order; one with another cart a new one', async () => {
    const shop = await blocksShop();
    const { replay, send } = visitorOf(shop);
    await replay('store-cart-get');
    await replay('store-cart-add');
    await replay('store-checkout-gateway-fail');
    const first = orderIn(await replay('store-checkout-post'));
    expect(first).toBe(14);
    expect(orderIn(await replay('store-checkout-post'))).toBe(first);
    await send('POST', '/wp-json/wc/store/v1/cart/add-item', { id: 11, quantity: 2 });
    const { body } = recordedExchange('store-checkout-post').request;
    const second = orderIn(await send('POST', CHECKOUT, body));
    expect(second).not.toBe(first);
    expect(shop.woo.orders(second)?.total).toBe('29.99');
  });

  it('amounts are in minor units, whatever the currency (woocommerce.md 5.4)', async () => {
    const { send } = visitorOf(await startShop({ currency: 'JPY' }));
    await send('GET', '/wp-json/wc/store/v1/cart');
    const { body } = await send('POST', '/wp-json/wc/store/v1/cart/add-item', { id: 10, quantity: 3 });
    expect(body).toMatchObject({
      totals: { total_price: '5997', currency_code: 'JPY', currency_minor_unit: 2 },
    });
  });

  it('needs a cart token or a nonce for writing', async () => {
    const { anonymous } = await blocksShop();
    expect(await anonymous('POST', CHECKOUT, { body: { payment_method: 'trg' } })).toMatchObject({
      status: 401,
      body: { code: 'woocommerce_rest_missing_nonce' },
    });
    const headers = { Nonce: 'wrong' };
    expect(await anonymous('POST', CHECKOUT, { headers, body: { payment_method: 'trg' } })).toMatchObject({
      status: 403,
    });
  });

  it.each([
    ['an empty cart', undefined, 'woocommerce_rest_cart_empty'],
    ['a method that is switched off', { payment_method: 'bacs' }, 'missing_payment_method'],
    ['no method', { billing_address: 7 }, 'missing_payment_method'],
  ])('refuses %s', async (_what, body, code) => {
    const { replay, send } = visitorOf(await blocksShop());
    await replay('store-cart-get');
    if (body !== undefined) await replay('store-cart-add');
    const reply = await send('POST', CHECKOUT, body ?? { payment_method: 'trg' });
    expect(reply).toMatchObject({ status: 400, body: { code: expect.stringContaining(code) } });
  });
});
