import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordedBody, recordedExchange } from '../support/captures.ts';
import { differences, headerDifferences } from '../support/compare.ts';
import { asRecorded } from '../support/replayed.ts';
import { type Shop, startShop } from '../support/shop.ts';
import { oauthParams, type RestReply, type Signer, signerFor } from '../support/signed-request.ts';

const withId = z.object({ id: z.int() });
const idOf = (reply: RestReply): number => withId.parse(reply.body).id;

/** Sends a recorded request, to another order where one is named, and compares the answer with the recorded one. */
const replay = async (name: string, signer: Signer, orderId?: number): Promise<RestReply> => {
  const { request, response } = recordedExchange(name);
  const path =
    orderId === undefined ? request.path : request.path.replace(/\/orders\/\d+/, `/orders/${orderId}`);
  const raw = typeof request.body === 'string' ? { rawBody: request.body } : {};
  const headers = typeof request.body === 'string' ? { 'Content-Type': 'application/json' } : {};
  const body = request.body === null || typeof request.body === 'string' ? {} : { body: request.body };
  const reply = await signer(request.method, path, { ...raw, ...body, headers });
  const found = [
    ...(reply.status === response.status ? [] : [`status: is ${reply.status}, recorded ${response.status}`]),
    ...differences(response.body, reply.body),
    ...headerDifferences(response.headers, reply.headers),
  ];
  expect(found, name).toEqual([]);
  asRecorded(name);
  return reply;
};

const hoodieOrder = async (rest: Signer): Promise<number> =>
  idOf(
    await rest('POST', '/wp-json/wc/v3/orders', {
      body: { payment_method: 'trg', line_items: [{ product_id: 10, quantity: 1 }] },
    }),
  );

const guideOrder = { payment_method: 'trg', line_items: [{ product_id: 11, quantity: 1 }] };

/** The recorded session from the first order to its last refund, in one shop: ids are the recorded ones too. */
const payAndRefund = async ({ clock, rest }: Shop): Promise<void> => {
  const created = await replay('order-create-pending', rest);
  expect(idOf(created)).toBe(14);
  await replay('order-get-pending', rest);
  clock.advance(3_000);
  await replay('order-update-set-paid', rest);
  await replay('order-note-create', rest);
  await replay('order-note-create-customer', rest);
  await replay('order-notes-list', rest);
  await replay('order-update-set-paid-again', rest);
  await replay('order-fields', rest);
  clock.advance(1_000);
  await replay('refund-create-manual-partial', rest);
  await replay('refund-create-api-ok', rest);
  await replay('refund-create-too-much', rest);
  await replay('refund-create-api-wperror', rest);
  await replay('refund-create-api-false', rest);
  await replay('refund-create-api-exception', rest);
  clock.advance(1_000);
  const zero = await replay('refund-create-zero', rest);
  // Three refused refunds took the numbers 17 to 19 with them.
  expect(idOf(zero)).toBe(20);
  await replay('refund-list', rest);
  await replay('refund-create-full-rest', rest);
  const refunded = await replay('order-get-refunded', rest);
  const recorded = recordedExchange('order-get-refunded').response.body;
  const refundIds = z.object({ refunds: z.array(withId) });
  expect(refundIds.parse(refunded.body)).toEqual(refundIds.parse(recorded));
};

describe('recorded orders, notes and refunds', () => {
  it('replays one order from its creation to its full refund', async () => {
    await payAndRefund(await startShop());
  });

  it('replays the notes with the recorded numbers', async () => {
    const { rest } = await startShop();
    for (const name of ['order-create-pending', 'order-update-set-paid']) await replay(name, rest);
    for (const name of ['order-note-create', 'order-note-create-customer']) await replay(name, rest);
    const { body } = await replay('order-notes-list', rest);
    const ids = z.array(withId);
    expect(ids.parse(body)).toEqual(ids.parse(recordedExchange('order-notes-list').response.body));
  });

  it('replays an unknown product, the pages of a list and a mixed batch', async () => {
    const { rest } = await startShop();
    for (let filler = 14; filler < 22; filler += 1) {
      await rest('POST', '/wp-json/wc/v3/orders', { body: { status: 'cancelled' } });
    }
    await replay('order-create-unknown-product', rest);
    for (let each = 0; each < 4; each += 1) await rest('POST', '/wp-json/wc/v3/orders', { body: guideOrder });
    const page = await replay('orders-list-paged', rest);
    expect(
      z
        .array(withId)
        .parse(page.body)
        .map(({ id }) => id),
    ).toEqual([24, 23]);
    await replay('orders-list-beyond', rest);
    await replay('orders-batch-mixed', rest);
    await replay('orders-statuses', rest);
  });

  it('replays deleting to the trash and for good', async () => {
    const { rest } = await startShop();
    const id = idOf(await rest('POST', '/wp-json/wc/v3/orders', { body: {} }));
    await replay('order-delete-trash', rest, id);
    await replay('order-delete-force', rest, id);
    expect((await rest('GET', `/wp-json/wc/v3/orders/${id}`)).status).toBe(404);
  });

  it('replays an order with an object as meta value', async () => {
    const { rest } = await startShop();
    const id = await hoodieOrder(rest);
    const meta_data = [{ key: '_bridge_json', value: { a: 1, b: [2] } }];
    await rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { meta_data } });
    await replay('order-get-meta', rest, id);
  });

  it('replays an order of the Blocks checkout', async () => {
    const { rest, woo } = await startShop();
    await rest('PUT', '/wp-json/wc/v3/payment_gateways/trg', { body: { title: 'Crypto' } });
    const { id } = await woo.shopper.placeOrder({ via: 'store-api', method: 'trg' });
    const recorded = z
      .object({ shipping: z.unknown(), meta_data: z.array(z.object({ key: z.string(), value: z.string() })) })
      .parse(recordedExchange('order-get-store-api').response.body);
    const { shipping, meta_data } = recorded;
    await rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { shipping, meta_data } });
    await replay('order-get-store-api', rest, id);
  });
});

describe('recorded traps of set_paid', () => {
  it.each(['pending', 'failed', 'on-hold', 'cancelled', 'processing', 'completed', 'refunded'])(
    'trap-set_paid-from-%s',
    async (status) => {
      const { rest } = await startShop();
      const id = await hoodieOrder(rest);
      await rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { status } });
      await replay(`trap-set_paid-from-${status}`, rest, id);
    },
  );

  it('late-payment-single-put', async () => {
    const { rest } = await startShop();
    const id = await hoodieOrder(rest);
    await rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { status: 'cancelled' } });
    await replay('late-payment-single-put', rest, id);
  });
});

describe('recorded errors', () => {
  it.each([
    'error-400-bad-json',
    'error-400-customer',
    'error-400-invalid-currency',
    'error-400-invalid-status',
    'error-400-per-page',
    'error-404-order',
    'error-404-route',
    'error-update-missing-order',
  ])('%s', async (name) => {
    const { rest } = await startShop();
    await hoodieOrder(rest);
    await replay(name, rest);
  });

  it('error-401-no-auth', async () => {
    await replay('error-401-no-auth', (await startShop()).anonymous);
  });

  it('error-401-basic-over-http', async () => {
    const { anonymous, woo } = await startShop();
    const { consumerKey, consumerSecret } = woo.restKeys;
    const Authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
    await replay('error-401-basic-over-http', (method, target) =>
      anonymous(method, target, { headers: { Authorization } }),
    );
  });

  it('error-401-read-key-write', async () => {
    const { woo } = await startShop();
    await replay('error-401-read-key-write', signerFor(woo.url, woo.createKey('read')));
  });
});

describe('recorded errors over https', () => {
  /** As behind a proxy that ends TLS: WordPress knows that it is reached over https. */
  const secureShop = async () => {
    const shop = await startShop({ homeUrl: 'https://127.0.0.1:8449' });
    const { consumerKey, consumerSecret } = shop.woo.restKeys;
    const basic =
      (key: string, secret: string): Signer =>
      (method, target, request) => {
        const Authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
        return shop.anonymous(method, target, {
          ...request,
          headers: { ...request?.headers, Authorization },
        });
      };
    return { ...shop, consumerKey, consumerSecret, basic };
  };

  it('error-401-bad-key', async () => {
    const { basic, consumerSecret } = await secureShop();
    await replay('error-401-bad-key', basic('ck_0', consumerSecret));
  });

  it('error-401-bad-secret', async () => {
    const { basic, consumerKey } = await secureShop();
    await replay('error-401-bad-secret', basic(consumerKey, 'cs_0'));
  });

  it('error-401-read-key-write, by Basic authentication', async () => {
    const { basic, woo } = await secureShop();
    const { consumerKey, consumerSecret } = woo.createKey('read');
    await replay('error-401-read-key-write', basic(consumerKey, consumerSecret));
  });

  it('key and secret are enough, in a header or in the query, and OAuth too', async () => {
    const { basic, consumerKey, consumerSecret, anonymous, woo } = await secureShop();
    const path = '/wp-json/wc/v3/orders';
    expect((await basic(consumerKey, consumerSecret)('GET', path)).status).toBe(200);
    const query = `?consumer_key=${consumerKey}&consumer_secret=${consumerSecret}`;
    expect((await anonymous('GET', path + query)).status).toBe(200);
    const url = new URL(path, 'https://127.0.0.1:8449');
    const oauth = new URLSearchParams(oauthParams(woo.restKeys, 'GET', url));
    expect((await anonymous('GET', `${path}?${oauth}`)).status).toBe(200);
  });
});

describe('recorded set-up calls', () => {
  it('payment-gateway-get and -update', async () => {
    const { rest } = await startShop();
    await replay('payment-gateway-get', rest);
    await replay('payment-gateway-update', rest);
  });

  it('settings-hold-stock', async () => {
    const { rest } = await startShop();
    const { body } = await rest('GET', '/wp-json/wc/v3/settings/products/woocommerce_hold_stock_minutes');
    expect(differences(recordedBody('settings-hold-stock'), body)).toEqual([]);
    asRecorded('settings-hold-stock');
  });
});
