import { createHmac } from 'node:crypto';
import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import { orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { callStore } from '../src/storefront/store-call.ts';
import { capturedDelivery } from '../src/woocommerce/captured.fixture.ts';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf, payNewest } from './support/crypto-pay.ts';
import { everything } from './support/ledger-file.ts';
import { rawPost, sendRaw } from './support/raw-http.ts';
import { countedBytes, openShop, type Shop, startWorld, type World } from './support/world.ts';

/** Makes the shop's webhook over its REST API, as an owner's set-up does. */
const addWebhook = async (world: World, shop: Shop, topic: string): Promise<void> => {
  const { clock } = world.simulators;
  const http = createHttpClient({
    egress: createNodeEgress({ sandbox: true }),
    clock,
    random: () => 0.5,
    sleep: async () => undefined,
  });
  const connection = { url: shop.woo.url, credentials: shop.woo.restKeys };
  const made = await callStore({ http, clock, random: countedBytes('webhook') }, connection, {
    version: 'wc/v3',
    method: 'post',
    endpoint: 'webhooks',
    body: {
      topic,
      delivery_url: `${world.bridge.publicUrl}/woocommerce/${shop.store}`,
      secret: shop.webhookSecret,
    },
  });
  expect(made).toMatchObject({ outcome: 'ok', status: 201 });
};

const connected = async (): Promise<World & Shop & { orderId: number }> => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  await addWebhook(world, shop, 'order.updated');
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  await shop.woo.shopper.pay(orderId);
  return { ...world, ...shop, orderId };
};

/** The plugin falls silent: only WooCommerce's own webhooks are left. */
const silencePlugin = ({ woo }: Shop): void =>
  woo.connectBridge({ url: 'http://127.0.0.1:9', keyId: 'x', secret: 'x' });

const deliver = async (scene: World & Shop): Promise<void> => {
  const delivered = await scene.woo.runCron();
  for (const { result } of delivered) expect(result).toMatchObject({ ok: true, status: 200 });
  await scene.bridge.work();
};

const invoicesOf = ({ bridge, store, orderId }: World & Shop & { orderId: number }) =>
  bridge.ports.ledger.transact((tx) => tx.invoices.ofOrder(store, orderKeySchema.parse(String(orderId))));

describe("WooCommerce's own webhooks", () => {
  test('a new webhook pings, unsigned and as a form: answered 200', async () => {
    const scene = await connected();
    expect(scene.woo.log.map(({ reason }) => reason)).toEqual([]);
    expect(scene.log()).toContain('"route":"/woocommerce/:store","status":200');
  });

  test('an order that was cancelled in the shop is cancelled at the gateway', async () => {
    const scene = await connected();
    silencePlugin(scene);
    await scene.woo.merchant.cancel(scene.orderId);
    await deliver(scene);
    expect((await invoicesOf(scene)).map(({ status }) => status)).toEqual(['canceled']);
    expect(cryptoPayOf(scene).payments()).toEqual([]);
  });

  test('an order that was cancelled before its shopper had chosen a gateway cannot be paid on its page', async () => {
    const scene = await connected();
    const second = await openAccount(scene, scene.store, 'gatenoc');
    const { id } = await scene.woo.shopper.placeOrder({ total: '20.00' });
    const { redirectUrl } = await scene.woo.shopper.pay(id);
    await scene.woo.merchant.cancel(id);
    await deliver(scene);
    const body = new URLSearchParams({ account: second.id });
    const answer = await fetch(`${redirectUrl}/choose`, { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).not.toBe(303);
    expect(await answer.text()).toContain('can no longer be paid');
  });

  test('an order that was paid in another way has its open payment cancelled', async () => {
    const scene = await connected();
    silencePlugin(scene);
    await scene.woo.merchant.setStatus(scene.orderId, 'processing');
    await deliver(scene);
    expect((await invoicesOf(scene)).map(({ status }) => status)).toEqual(['canceled']);
  });

  test('our own settlement that comes back changes nothing', async () => {
    const scene = await connected();
    await payNewest(scene);
    await scene.bridge.work();
    const before = await invoicesOf(scene);
    await deliver(scene);
    expect(await invoicesOf(scene)).toEqual(before);
    expect(scene.woo.orders(scene.orderId)?.status).toBe('processing');
  });

  test('a refund made by hand is recorded once, so that the same money is not refunded again', async () => {
    const scene = await connected();
    await payNewest(scene);
    await scene.bridge.work();
    await scene.woo.merchant.refund(scene.orderId, '40.00', { api: false, reason: 'wrong size' });
    await deliver(scene);
    await deliver(scene);
    const [invoice] = await invoicesOf(scene);
    const recorded = await scene.bridge.ports.ledger.transact((tx) =>
      invoice ? tx.refunds.ofInvoice(invoice.id) : Promise.resolve([]),
    );
    expect(recorded.map(({ state, orderAmount }) => `${state} ${orderAmount.amount}`)).toEqual([
      'manual 40.00',
    ]);
    const again = await scene.woo
      .bridge()
      ?.refund(scene.orderId, { refund_id: 99, amount: '10.00', reason: '' });
    expect(again).toMatchObject({ ok: false, problem: { code: 'more-than-paid' } });
  });

  test('while the shop cannot be asked the news waits, and is followed afterwards', async () => {
    const scene = await connected();
    const { vault } = scene.bridge;
    silencePlugin(scene);
    await scene.woo.merchant.cancel(scene.orderId);
    const wrong = {
      ...scene.woo.restKeys,
      consumerSecret: `cs_${'0'.repeat(40)}`,
      webhookSecret: scene.webhookSecret,
    };
    await vault.setStorefrontCredentials(scene.store, wrong, { replace: true });
    await deliver(scene);
    expect((await invoicesOf(scene)).map(({ status }) => status)).toEqual(['open']);
    await vault.setStorefrontCredentials(scene.store, scene.woo.restKeys, { replace: true });
    await scene.simulators.clock.advance(60_000);
    await scene.bridge.work();
    expect((await invoicesOf(scene)).map(({ status }) => status)).toEqual(['canceled']);
  });
});

describe('a delivery', () => {
  const post = async (scene: World, store: string, secret: string, body: string) => {
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    const request = rawPost(`/woocommerce/${store}`, [['X-WC-Webhook-Signature', signature]], body);
    const { status, body: text } = await sendRaw(scene.bridge.publicUrl, request);
    const answer: unknown = JSON.parse(text);
    return [status, answer];
  };

  test('of an order that was never paid through us is acknowledged and leaves nothing behind', async () => {
    const scene = await connected();
    const before = everything(scene);
    expect(await post(scene, scene.store, scene.webhookSecret, '{"id":4711,"status":"pending"}')).toEqual([
      200,
      { ok: true, reason: 'order-unknown' },
    ]);
    expect(await post(scene, scene.store, scene.webhookSecret, '{"arg":4711}')).toMatchObject([200, {}]);
    expect(everything(scene)).toEqual(before);
  });

  test('that is not genuine is 401, of an unknown store 404, unreadable 400, and leaves nothing behind', async () => {
    const scene = await connected();
    const before = everything(scene);
    const body = `{"id":${scene.orderId},"status":"cancelled"}`;
    expect(await post(scene, scene.store, 'another-secret', body)).toEqual([
      401,
      { ok: false, reason: 'signature-mismatch' },
    ]);
    expect(await post(scene, 'nobody', scene.webhookSecret, body)).toEqual([
      404,
      { ok: false, reason: 'store-unknown' },
    ]);
    expect(await post(scene, scene.store, scene.webhookSecret, '{')).toEqual([
      400,
      { ok: false, reason: 'not-json' },
    ]);
    const large = ' '.repeat(1_100_000);
    expect(await post(scene, scene.store, scene.webhookSecret, large)).toEqual([
      413,
      { ok: false, reason: 'body-too-large' },
    ]);
    const recorded = capturedDelivery('delivery-order.updated-paid');
    const foreign = rawPost(
      `/woocommerce/${scene.store}`,
      recorded.call.headers.filter(([name]) => /^x-wc/i.test(name)),
      recorded.call.body,
    );
    expect((await sendRaw(scene.bridge.publicUrl, foreign)).status).toBe(401);
    expect(everything(scene)).toEqual(before);
  });

  test('to a store without a webhook secret is 503, never let in', async () => {
    const scene = await connected();
    await scene.bridge.vault.setStorefrontCredentials(scene.store, scene.woo.restKeys, { replace: true });
    expect(await post(scene, scene.store, '', '{"id":1}')).toEqual([
      503,
      { ok: false, reason: 'webhook-secret-not-set' },
    ]);
  });
});
