import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { webhookSignature } from '../../src/woocommerce/webhooks/delivery-headers.ts';
import { recordedBody, recordedDelivery, recordedExchange } from '../support/captures.ts';
import { differences, headerDifferences } from '../support/compare.ts';
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts';
import { asRecorded } from '../support/replayed.ts';
import { type Shop, startShop } from '../support/shop.ts';
import type { RestReply } from '../support/signed-request.ts';

const SECRET = 'whsec_test_9f1c&<"x>';
const WEBHOOKS = '/wp-json/wc/v3/webhooks';
const ORDERS = '/wp-json/wc/v3/orders';

const receiver = async (): Promise<Receiver> => {
  const started = await startReceiver();
  onTestFinished(() => started.close());
  return started;
};

const createHook = ({ rest }: Shop, to: Receiver, topic: string, path = '/hooks/woo'): Promise<RestReply> =>
  rest('POST', WEBHOOKS, { body: { name: topic, topic, delivery_url: to.url + path, secret: SECRET } });

const withHost = (body: unknown, host: string): unknown =>
  JSON.parse(JSON.stringify(body).replaceAll('http://127.0.0.1:9555', host));

const replay = async ({ rest }: Shop, name: string, host: string, id?: number): Promise<RestReply> => {
  const { request, response } = recordedExchange(name);
  const path = id === undefined ? request.path : request.path.replace(/\/\d+(?=\?|$)/, `/${id}`);
  const body = request.body === null ? {} : { body: withHost(request.body, host) };
  const reply = await rest(request.method, path, body);
  const found = [
    ...(reply.status === response.status ? [] : [`status: is ${reply.status}`]),
    ...differences(response.body, reply.body),
    ...headerDifferences(response.headers, reply.headers),
  ];
  expect(found, name).toEqual([]);
  asRecorded(name);
  return reply;
};

/** Names and values in the order sent; what depends on host, time or body only has to be there. */
const VARYING = new Set([
  'Host',
  'X-WC-Webhook-Source',
  'X-WC-Webhook-Signature',
  'X-WC-Webhook-Delivery-ID',
  'Content-Length',
  'X-WC-Webhook-ID',
]);

const headerList = (raw: readonly string[]): string[] => {
  const pairs: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    pairs.push(VARYING.has(name) ? name : `${name}: ${raw[index + 1]}`);
  }
  return pairs;
};

const expectDelivered = (name: string, got: Received | undefined): void => {
  const recorded = recordedDelivery(name);
  if (got === undefined) throw new Error(`${name}: nothing was delivered`);
  expect(headerList(got.rawHeaders), name).toEqual(headerList(recorded.rawHeaders));
  expect(differences(JSON.parse(recorded.body), JSON.parse(got.body)), name).toEqual([]);
  const mac = createHmac('sha256', SECRET).update(got.body).digest('base64');
  expect(got.headers['x-wc-webhook-signature']).toBe(mac);
  asRecorded(name);
};

const byTopic = (to: Receiver, topic: string): Received | undefined =>
  to.received.find(({ headers }) => headers['x-wc-webhook-topic'] === topic);

describe('recorded webhook calls', () => {
  it('replays creating, listing and refusing', async () => {
    const shop = await startShop();
    const to = await receiver();
    for (const name of ['created', 'updated', 'deleted', 'no-secret', 'custom-action']) {
      await replay(shop, `webhook-create-${name}`, to.url);
    }
    shop.clock.advance(1_000);
    await replay(shop, 'webhook-list', to.url);
    await replay(shop, 'webhook-create-bad-topic', to.url);
    await replay(shop, 'webhook-create-bad-url', to.url);
  });

  it('webhook-ping: form-encoded, unsigned, in the recorded headers', async () => {
    const shop = await startShop();
    const to = await receiver();
    await createHook(shop, to, 'order.created');
    const recorded = recordedDelivery('webhook-ping');
    expect(to.received).toHaveLength(1);
    expect(to.received[0]).toMatchObject({ method: recorded.method, url: recorded.url, body: recorded.body });
    expect(headerList(to.received[0]?.rawHeaders ?? [])).toEqual(headerList(recorded.rawHeaders));
    asRecorded('webhook-ping');
  });

  it('replays a disabled hook, its return and its end', async () => {
    const shop = await startShop();
    const to = await receiver();
    const body = {
      name: 'failing',
      topic: 'order.updated',
      delivery_url: `${to.url}/hooks/fail`,
      secret: SECRET,
    };
    await shop.rest('POST', WEBHOOKS, { body });
    to.answer = () => ({ status: 500 });
    for (let failure = 1; failure <= 7; failure += 1) {
      await shop.rest('POST', ORDERS, { body: {} });
      await shop.woo.runCron();
    }
    const disabled = await shop.rest('GET', `${WEBHOOKS}/1`);
    expect(differences(recordedBody('webhook-get-disabled'), disabled.body)).toEqual([]);
    asRecorded('webhook-get-disabled');
    await replay(shop, 'webhook-reactivate', to.url, 1);
    await replay(shop, 'webhook-delete', to.url, 1);
  });
});

describe('recorded webhook deliveries', () => {
  it.each([
    'webhook-delivery-order.created-pending',
    'webhook-delivery-order.updated-pending',
    'webhook-delivery-order.updated-paid',
    'webhook-delivery-order.updated-refunded',
    'webhook-delivery-order.deleted',
    'webhook-delivery-action.woocommerce_payment_complete-paid',
  ])('the signature of %s is reproduced', (name) => {
    const { secret, body, rawHeaders } = recordedDelivery(name);
    const recorded = rawHeaders[rawHeaders.indexOf('X-WC-Webhook-Signature') + 1];
    expect(webhookSignature(secret ?? '', body)).toBe(recorded);
  });

  it('replays creation, payment and refund of an order', async () => {
    const shop = await startShop();
    const to = await receiver();
    for (const topic of ['order.created', 'order.updated', 'order.deleted'])
      await createHook(shop, to, topic);
    await createHook(shop, to, 'action.woocommerce_payment_complete', '/hooks/action');
    const run = async (): Promise<void> => {
      to.received.length = 0;
      await shop.woo.runCron();
    };
    const send = async (name: string): Promise<void> => {
      const { request } = recordedExchange(name);
      await shop.rest(request.method, request.path, { body: request.body });
    };
    await send('order-create-pending');
    await run();
    expectDelivered('webhook-delivery-order.created-pending', byTopic(to, 'order.created'));
    expectDelivered('webhook-delivery-order.updated-pending', byTopic(to, 'order.updated'));
    shop.clock.advance(3_000);
    await send('order-update-set-paid');
    await send('order-update-set-paid-again');
    await run();
    expectDelivered('webhook-delivery-order.updated-paid', byTopic(to, 'order.updated'));
    expectDelivered(
      'webhook-delivery-action.woocommerce_payment_complete-paid',
      byTopic(to, 'action.woocommerce_payment_complete'),
    );
    for (const name of ['manual-partial', 'api-ok', 'api-wperror', 'api-false', 'api-exception']) {
      await send(`refund-create-${name}`);
    }
    shop.clock.advance(1_000);
    for (const name of ['zero', 'full-rest']) await send(`refund-create-${name}`);
    await run();
    expectDelivered('webhook-delivery-order.updated-refunded', byTopic(to, 'order.updated'));
    await shop.rest('DELETE', `${ORDERS}/14`);
    await run();
    expectDelivered('webhook-delivery-order.deleted', byTopic(to, 'order.deleted'));
  });

  it('webhook-delivery-order.created-store-api: the same order, signed with a secret nobody knows', async () => {
    const shop = await startShop();
    const to = await receiver();
    await shop.rest('POST', WEBHOOKS, {
      body: { topic: 'order.created', delivery_url: `${to.url}/hooks/nosecret` },
    });
    await shop.rest('PUT', '/wp-json/wc/v3/payment_gateways/trg', { body: { title: 'Crypto' } });
    const { id } = await shop.woo.shopper.placeOrder({ via: 'store-api', method: 'trg' });
    const recorded = recordedDelivery('webhook-delivery-order.created-store-api');
    const { shipping, meta_data } = z
      .object({ shipping: z.unknown(), meta_data: z.unknown() })
      .parse(JSON.parse(recorded.body));
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { shipping, meta_data: withoutIds(meta_data) } });
    await shop.woo.runCron();
    const got = byTopic(to, 'order.created');
    expect(headerList(got?.rawHeaders ?? [])).toEqual(headerList(recorded.rawHeaders));
    expect(differences(JSON.parse(recorded.body), JSON.parse(got?.body ?? 'null'))).toEqual([]);
    expect(got?.headers['x-wc-webhook-signature']).not.toBe(webhookSignature('', got?.body ?? ''));
    asRecorded('webhook-delivery-order.created-store-api');
  });
});

const withoutIds = (metaData: unknown): unknown =>
  z.array(z.object({ key: z.string(), value: z.string() })).parse(metaData);
