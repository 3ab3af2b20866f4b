import WooCommerceRestApi from '@woocommerce/woocommerce-rest-api';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RestKeys } from '../src/index.ts';
import { startShop } from './support/shop.ts';
import { oauthParams, signerFor } from './support/signed-request.ts';

const ORDERS = '/wp-json/wc/v3/orders';

// A CommonJS build without an exports map: Node's ESM gives the class as `default` of the default (woocommerce.md 7).
const clientModule = WooCommerceRestApi as typeof WooCommerceRestApi & {
  default?: typeof WooCommerceRestApi;
};
const Client = clientModule.default ?? clientModule;

const npmClient = (url: string, keys: RestKeys, axiosConfig: object = {}) =>
  new Client({ url, ...keys, version: 'wc/v3', axiosConfig });

const answer = z.looseObject({ status: z.int(), data: z.unknown() });
const failure = z.looseObject({ response: answer });

const refusal = async (sent: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { status, data } = failure.parse(error).response;
  return { status, body: data };
};

describe('the npm client @woocommerce/woocommerce-rest-api over http', () => {
  it('creates, reads, changes, lists and deletes an order', async () => {
    const { woo } = await startShop();
    const client = npmClient(woo.url, woo.restKeys);
    const created = answer.parse(await client.post('orders', { line_items: [{ product_id: 10 }] }));
    expect(created).toMatchObject({ status: 201, data: { status: 'pending' } });
    const { id } = z.looseObject({ id: z.int() }).parse(created.data);
    await client.put(`orders/${id}`, { set_paid: true, transaction_id: 'tx' });
    expect(answer.parse(await client.get(`orders/${id}`)).data).toMatchObject({ status: 'processing' });
    expect(answer.parse(await client.get('orders', { per_page: '1' })).data).toHaveLength(1);
    expect(answer.parse(await client.delete(`orders/${id}`, { force: 'true' })).status).toBe(200);
  });

  it("signs arrays, unicode and '()*!~ in the query", async () => {
    const { woo } = await startShop();
    const client = npmClient(woo.url, woo.restKeys);
    const params = {
      search: "Zoë '()*!~ a+b & 100% – 退款",
      status: ['pending', 'on-hold'],
      include: Array(10).fill(14),
    };
    // The declared type knows only text values; the client itself takes lists (woocommerce.md 7).
    const sent = client.get('orders', params as unknown as Record<string, string>);
    expect(answer.parse(await sent)).toMatchObject({ status: 200, data: [] });
  });

  it('is refused with a list of more than ten entries: the shop and the client order it differently', async () => {
    const { woo } = await startShop();
    const client = npmClient(woo.url, woo.restKeys);
    const params = { include: Array(11).fill(14) };
    // As above.
    const sent = client.get('orders', params as unknown as Record<string, string>);
    expect(await refusal(sent)).toMatchObject({ status: 401 });
  });

  it('fails with "Invalid signature" when axiosConfig.headers turns a POST into a form', async () => {
    const { woo } = await startShop();
    const client = npmClient(woo.url, woo.restKeys, { headers: { Accept: 'application/json' } });
    expect(await refusal(client.post('orders', { status: 'pending' }))).toMatchObject({
      status: 401,
      body: { message: 'Invalid signature - provided signature does not match.' },
    });
  });

  it('is refused with a wrong secret or key', async () => {
    const { woo } = await startShop();
    const { consumerKey, consumerSecret } = woo.restKeys;
    const wrongSecret = npmClient(woo.url, { consumerKey, consumerSecret: 'cs_0' });
    expect(await refusal(wrongSecret.get('orders'))).toMatchObject({
      status: 401,
      body: { code: 'woocommerce_rest_authentication_error' },
    });
    const wrongKey = npmClient(woo.url, { consumerKey: 'ck_0', consumerSecret });
    expect(await refusal(wrongKey.get('orders'))).toMatchObject({
      status: 401,
      body: { message: 'Consumer key is invalid.' },
    });
  });

  it('is refused under another host name: the signature covers the home URL', async () => {
    const { woo } = await startShop();
    const client = npmClient(woo.url.replace('127.0.0.1', 'localhost'), woo.restKeys);
    expect(await refusal(client.get('orders'))).toMatchObject({ status: 401 });
  });
});

describe('OAuth 1.0a (woocommerce.md 5.1)', () => {
  it.each([
    [-899, 200],
    [-902, 401],
    [899, 200],
    [902, 401],
  ])('a timestamp %i s from the OAuth clock answers %i', async (skew, status) => {
    const now = 1_800_000_000;
    const { rest } = await startShop({ oauthClock: { now: () => now * 1000 } });
    expect((await rest('GET', ORDERS, { oauth: { timestamp: now + skew } })).status).toBe(status);
  });

  it('refuses a nonce that was used', async () => {
    const { rest } = await startShop();
    expect((await rest('GET', ORDERS, { oauth: { nonce: 'once' } })).status).toBe(200);
    expect((await rest('GET', ORDERS, { oauth: { nonce: 'once' } })).body).toMatchObject({
      message: 'Invalid nonce - nonce has already been used.',
    });
  });

  it('keeps nonces per key', async () => {
    const { rest, woo } = await startShop();
    const other = signerFor(woo.url, woo.createKey('read'));
    expect((await rest('GET', ORDERS, { oauth: { nonce: 'once' } })).status).toBe(200);
    expect((await other('GET', ORDERS, { oauth: { nonce: 'once' } })).status).toBe(200);
  });

  it('refuses a signature made for another method', async () => {
    const { rest } = await startShop();
    expect((await rest('GET', ORDERS, { oauth: { method: 'POST' } })).status).toBe(401);
  });

  it('takes the parameters from an Authorization header too', async () => {
    const { anonymous, woo } = await startShop();
    const params = oauthParams(woo.restKeys, 'GET', new URL(ORDERS, woo.url));
    const Authorization = `OAuth ${params.map(([key, value]) => `${key}="${encodeURIComponent(value)}"`).join(', ')}`;
    expect((await anonymous('GET', ORDERS, { headers: { Authorization } })).status).toBe(200);
  });

  it('refuses status[] without a number, which PHP numbers before it checks the signature', async () => {
    const { rest } = await startShop();
    expect((await rest('GET', `${ORDERS}?status[0]=pending&status[1]=failed`)).status).toBe(200);
    expect((await rest('GET', `${ORDERS}?status[]=pending`)).status).toBe(401);
  });

  it('names the parameters that are missing', async () => {
    const { anonymous } = await startShop();
    expect((await anonymous('GET', `${ORDERS}?oauth_consumer_key=ck_1&oauth_nonce=n`)).body).toMatchObject({
      code: 'woocommerce_rest_authentication_missing_parameter',
      message: 'Missing OAuth parameters oauth_timestamp, oauth_signature, oauth_signature_method',
    });
  });

  it('a write-only key may not read, a read-only key may not write', async () => {
    const { woo } = await startShop();
    const writer = signerFor(woo.url, woo.createKey('write'));
    expect((await writer('GET', ORDERS)).status).toBe(401);
    expect((await writer('POST', ORDERS, { body: {} })).status).toBe(201);
    const reader = signerFor(woo.url, woo.createKey('read'));
    expect((await reader('GET', ORDERS)).status).toBe(200);
    expect((await reader('POST', ORDERS, { body: {} })).status).toBe(401);
  });

  it('parameters are judged before the permission: a stranger learns of them', async () => {
    const { anonymous } = await startShop();
    expect((await anonymous('GET', `${ORDERS}?per_page=101`)).status).toBe(400);
    expect((await anonymous('GET', `${ORDERS}?per_page=100`)).status).toBe(401);
  });

  it('a stranger asking for a missing order gets 404, for an existing one 401', async () => {
    const { anonymous, woo } = await startShop();
    const { id } = await woo.shopper.placeOrder();
    expect((await anonymous('GET', `${ORDERS}/${id}`)).body).toMatchObject({
      code: 'woocommerce_rest_cannot_view',
    });
    expect((await anonymous('GET', `${ORDERS}/${id + 1}`)).status).toBe(404);
    expect((await anonymous('PUT', `${ORDERS}/${id}`, { body: {} })).body).toMatchObject({
      code: 'woocommerce_rest_cannot_edit',
    });
  });
});
