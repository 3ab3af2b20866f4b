import type { GatewayId } from '@gatewright/gateway-simulator';
import { minutes, seconds } from '@gatewright/payment-core';
import { type WireKey, wireHeaders } from '@gatewright/storefront-simulator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openAccount } from './support/accounts.ts';
import { everything } from './support/ledger-file.ts';
import { callBridge, keyOf, type PluginAnswer } from './support/plugin-call.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

interface Scene extends World, Shop {
  readonly key: WireKey;
  readonly call: (method: 'GET' | 'POST', target: string, body?: unknown) => Promise<PluginAnswer>;
  /** A checkout as the plugin sends it. */
  readonly checkout: (change?: Record<string, unknown>) => Promise<PluginAnswer>;
}

const open = async (gateways: readonly GatewayId[] = ['crypto-pay']): Promise<Scene> => {
  const world = await startWorld();
  const shop = await openShop(world);
  for (const gateway of gateways) await openAccount(world, shop.store, gateway);
  const key = await keyOf(world, shop.store);
  const call: Scene['call'] = (method, target, body) => callBridge(world, key, method, target, body);
  const { url } = shop.woo;
  const checkout: Scene['checkout'] = (change = {}) =>
    call('POST', '/v1/checkouts', {
      order_id: 14,
      order_key: 'wc_order_a',
      amount: '49.90',
      currency: 'USD',
      return_url: `${url}/thanks`,
      cancel_url: `${url}/cart`,
      order_pay_url: `${url}/pay`,
      locale: 'en_US',
      ...change,
    });
  return { ...world, ...shop, key, call, checkout };
};

const chooser = z.object({ invoice: z.null(), redirect_url: z.string(), expires_at: z.null() });
const started = z.object({ invoice: z.string(), redirect_url: z.string(), expires_at: z.number() });

const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code, owner_message: expect.stringMatching(/\w/) }),
});

describe('who may call', () => {
  test('every fault of authentication has the same answer; the log has the reason', async () => {
    const scene = await open();
    const { key } = scene;
    const hello = (wrong: WireKey, change = {}) =>
      callBridge(scene, wrong, 'GET', '/v1/hello', undefined, change);
    const now = scene.simulators.clock.now();
    const answers = [
      await hello({ ...key, id: 'nobody' }),
      await hello({ ...key, secret: `${key.secret}x` }),
      await hello(key, { at: now - seconds(301) }),
      await hello(key, { at: now + seconds(301) }),
      await hello(key, { headers: { 'Gatewright-Nonce': 'short' } }),
      await fetch(`${scene.bridge.publicUrl}/v1/hello`).then(async (response) => ({
        status: response.status,
        headers: response.headers,
        body: z.unknown().parse(await response.json()),
      })),
    ];
    const bodies = new Set(answers.map(({ body }) => JSON.stringify(body)));
    expect(bodies.size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(401));
    const types = new Set(answers.map(({ headers }) => headers.get('content-type')));
    expect([...types]).toEqual(['application/problem+json; charset=utf-8']);
    for (const reason of [
      'unknown-key',
      'bad-signature',
      'timestamp-out-of-window',
      'header-malformed',
      'header-missing',
    ])
      expect(scene.log()).toContain(`"reason":"${reason}"`);
  });

  test('a call that was overheard is worth nothing the second time', async () => {
    const scene = await open();
    const timestamp = String(Math.floor(scene.simulators.clock.now() / 1_000));
    const nonce = 'AAcOFRwjKjE4P0ZNVFtiaQ';
    const call = { timestamp, nonce, method: 'GET', target: '/v1/hello', body: new Uint8Array() };
    const headers = wireHeaders(scene.key, call);
    const send = async () => (await fetch(`${scene.bridge.publicUrl}/v1/hello`, { headers })).status;
    expect([await send(), await send()]).toEqual([200, 401]);
    expect(scene.log()).toContain('"reason":"nonce-used"');
  });

  test('a version of the future is told which one is understood', async () => {
    const scene = await open();
    const future = { headers: { 'Gatewright-Signature': `v2=${'0'.repeat(64)}` } };
    const signature = await callBridge(scene, scene.key, 'GET', '/v1/hello', undefined, future);
    expect(signature).toMatchObject({ status: 400, body: { code: 'version-unknown', understood: ['v1'] } });
    const route = await fetch(`${scene.bridge.publicUrl}/v2/hello`);
    expect(route.status).toBe(400);
    expect(await route.json()).toMatchObject({ understood: ['v1'] });
  });

  test('two keys are valid while one is being rotated', async () => {
    const scene = await open();
    await scene.bridge.vault.setPluginKey(scene.store, { keyId: 'gwk_next', secret: 'the-next-secret' });
    const next = { id: 'gwk_next', secret: 'the-next-secret' };
    expect((await callBridge(scene, next, 'GET', '/v1/hello')).status).toBe(200);
    expect((await callBridge(scene, scene.key, 'GET', '/v1/hello')).status).toBe(200);
    await scene.bridge.vault.endPluginKeyRotation(scene.store);
    expect((await callBridge(scene, scene.key, 'GET', '/v1/hello')).status).toBe(401);
  });
});

describe('hello and offer', () => {
  test('hello names the store, its mode, its gateways and our clock', async () => {
    const scene = await open();
    expect((await scene.call('GET', '/v1/hello')).body).toMatchObject({
      store: { id: scene.store, url: scene.woo.url },
      mode: 'test',
      gateways: [{ gateway: 'crypto-pay', title: 'Crypto Pay' }],
      clock: scene.simulators.clock.now() / 1_000,
    });
  });

  test('offer names who can take it, and for the others why not', async () => {
    const scene = await open(['crypto-pay', 'teleport-pay']);
    const usd = await scene.call('GET', '/v1/offer?amount=49.90&currency=USD&locale=en_US');
    expect(usd).toMatchObject({ status: 200, body: { accounts: [{ gateway: 'crypto-pay' }, {}] } });
    const yen = await scene.call('GET', '/v1/offer?amount=4990&currency=JPY');
    expect(yen.body).toMatchObject({
      accounts: [{ gateway: 'teleport-pay' }],
      unavailable: [{ gateway: 'crypto-pay', owner_message: expect.stringMatching(/\w/) }],
    });
  });

  test.each([
    '/v1/offer',
    '/v1/offer?amount=49.90',
    '/v1/offer?amount=-1&currency=USD',
    '/v1/offer?amount=1e3&currency=USD',
    '/v1/offer?amount=49,90&currency=USD',
    '/v1/offer?amount=1&currency=U$D',
    '/v1/offer?amount=1&amount=2&currency=USD',
  ])('%s is malformed', async (target) => {
    const scene = await open();
    expect(await scene.call('GET', target)).toMatchObject(problem(400, 'malformed'));
  });
});

describe('checkouts', () => {
  test('the same checkout finds the same invoice; another amount makes another one', async () => {
    const scene = await open();
    const first = await scene.checkout();
    expect(first).toMatchObject({ status: 200 });
    expect((await scene.checkout()).body).toEqual(first.body);
    const dearer = await scene.checkout({ amount: '59.90' });
    expect(dearer.body).not.toEqual(first.body);
    await scene.bridge.work();
    // The superseded invoice was deleted at the gateway.
    expect(scene.simulators.gateways['crypto-pay'].payments().map(({ amount }) => amount)).toEqual(['59.90']);
  });

  test('two at the same moment make one invoice', async () => {
    const scene = await open();
    const answers = await Promise.all([1, 2, 3, 4].map(() => scene.checkout()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(scene.simulators.gateways['crypto-pay'].payments()).toHaveLength(1);
  });

  test.each(['return_url', 'cancel_url', 'order_pay_url'])('%s has to lead to the shop', async (field) => {
    const scene = await open();
    const { url } = scene.woo;
    const before = everything(scene);
    for (const foreign of [
      'https://elsewhere.test/thanks',
      `${url}.elsewhere.test/`,
      url.replace('http:', 'https:'),
      url.replace('//', '//user@'),
      `https://elsewhere.test/#${url}`,
      'javascript:alert(1)',
      '/thanks',
      '',
    ]) {
      expect(await scene.checkout({ [field]: foreign })).toMatchObject(problem(422, 'url-not-of-this-store'));
    }
    expect(everything(scene)).toEqual(before);
  });

  test.each<[Record<string, unknown>]>([
    [{ amount: 49.9 }],
    [{ amount: '-49.90' }],
    [{ amount: '' }],
    [{ currency: 'dollars!' }],
    [{ order_id: 0 }],
    [{ order_id: '14; drop' }],
    [{ return_url: undefined }],
    [{ customer_email: 'nobody' }],
  ])('%j is malformed', async (change) => {
    const scene = await open();
    expect(await scene.checkout(change)).toMatchObject(problem(400, 'malformed'));
  });

  test('a body that is no JSON is malformed', async () => {
    const scene = await open();
    for (const body of ['', '{', '[]', 'null', '{"order_id":1,"order_id":2}'])
      expect(await scene.call('POST', '/v1/checkouts', body)).toMatchObject(problem(400, 'malformed'));
    const large = await scene.call('POST', '/v1/checkouts', ' '.repeat(70_000));
    expect(large).toMatchObject(problem(413, 'body-too-large'));
  });

  test('what the gateway cannot take is 422 with a text for the owner and one for the shopper', async () => {
    const scene = await open();
    expect(await scene.checkout({ amount: '0.00' })).toMatchObject(problem(422, 'amount-zero'));
    expect(await scene.checkout({ amount: '49.901' })).toMatchObject(problem(422, 'amount-scale'));
    expect(await scene.checkout({ amount: '4990', currency: 'JPY' })).toMatchObject({ status: 422 });
    expect(await scene.checkout({ gateway: 'teleport-pay' })).toMatchObject(problem(422, 'gateway-unknown'));
  });

  test('with several gateways the shopper chooses on the page, or the shop names one', async () => {
    const scene = await open(['crypto-pay', 'teleport-pay']);
    const undecided = chooser.parse((await scene.checkout()).body);
    expect((await scene.checkout()).body).toEqual(undecided);
    const payments = () => [
      ...scene.simulators.gateways['crypto-pay'].payments(),
      ...scene.simulators.gateways['teleport-pay'].payments(),
    ];
    expect(payments()).toEqual([]);
    const page = await (await fetch(undecided.redirect_url)).text();
    expect(page.match(/<form method="post"/g)).toHaveLength(2);
    expect(payments()).toEqual([]);
    const named = started.parse((await scene.checkout({ gateway: 'teleport-pay' })).body);
    expect(named.redirect_url).toBe(undecided.redirect_url);
    expect(payments()).toHaveLength(1);
  });

  test('where the only gateway has several networks, the shopper chooses one on the page', async () => {
    const scene = await open(['cryptopayment-center']);
    chooser.parse((await scene.checkout()).body);
    chooser.parse((await scene.checkout({ gateway: 'cryptopayment-center' })).body);
    expect(scene.simulators.gateways['cryptopayment-center'].payments()).toEqual([]);
    started.parse((await scene.checkout({ network: 'trc20' })).body);
    expect(await scene.checkout({ network: 'sepa' })).toMatchObject(problem(422, 'method-missing'));
  });

  test('what the shopper chose on the page stands when the shop asks again, at the amount of then', async () => {
    const scene = await open(['crypto-pay', 'teleport-pay']);
    const { redirect_url } = chooser.parse((await scene.checkout()).body);
    const account = /name="account" value="([\w-]+)"/.exec(await (await fetch(redirect_url)).text())?.[1];
    const posted = await fetch(`${redirect_url}/choose`, {
      method: 'POST',
      body: new URLSearchParams({ account: account ?? '' }),
      redirect: 'manual',
    });
    expect(posted.status).toBe(303);
    const again = started.parse((await scene.checkout()).body);
    expect(started.parse((await scene.checkout()).body)).toEqual(again);
    const dearer = started.parse((await scene.checkout({ amount: '59.90' })).body);
    expect(dearer.invoice).not.toBe(again.invoice);
    await scene.bridge.work();
    expect(scene.simulators.gateways['crypto-pay'].payments().map(({ amount }) => amount)).toEqual(['59.90']);
  });

  test('a gateway that does not answer is 503 with a time to come back', async () => {
    const scene = await open();
    scene.simulators.gateways['crypto-pay'].faults.add({ kind: 'rate-limit', count: 'always' });
    const answer = await scene.checkout();
    expect(answer).toMatchObject(problem(503, 'gateway-unavailable'));
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  test('an order that has been paid is 409, and is never invoiced again', async () => {
    const scene = await open();
    const { id, orderKey } = await scene.woo.shopper.placeOrder({ total: '49.90' });
    await scene.woo.shopper.pay(id);
    const cryptoPay = scene.simulators.gateways['crypto-pay'];
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    await scene.bridge.work();
    expect(await scene.checkout({ order_id: id, order_key: orderKey })).toMatchObject(
      problem(409, 'order-paid'),
    );
    expect(cryptoPay.payments()).toHaveLength(1);
  });
});

describe('an order', () => {
  test('is shown with its attempts and their timeline; what never was is 404', async () => {
    const scene = await open();
    const { invoice, redirect_url, expires_at } = started.parse((await scene.checkout()).body);
    const shown = await scene.call('GET', '/v1/orders/14');
    expect(shown).toMatchObject({
      status: 200,
      body: {
        order: '14',
        state: 'open',
        status: 'open',
        paid: false,
        amount: { amount: '49.90', currency: 'USD' },
        pay_url: redirect_url,
        attempts: [{ invoice, pay_url: redirect_url, expires_at, timeline: [{}] }],
      },
    });
    expect(await scene.call('GET', '/v1/orders/15')).toMatchObject(problem(404, 'order-unknown'));
    expect(await scene.call('GET', '/v1/orders/abc')).toMatchObject(problem(400, 'malformed'));
  });

  test('is rechecked at the gateway, once in ten seconds', async () => {
    const scene = await open();
    await scene.checkout();
    const cryptoPay = scene.simulators.gateways['crypto-pay'];
    cryptoPay.faults.add({ kind: 'drop', lost: true });
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    const recheck = () => scene.call('POST', '/v1/orders/14/recheck', {});
    expect(await recheck()).toMatchObject({ status: 200, body: { status: 'settled', paid: true } });
    const again = await recheck();
    expect(again).toMatchObject(problem(429, 'recheck-too-soon'));
    expect(again.headers.get('retry-after')).toBe('10');
    await scene.simulators.clock.advance(seconds(10));
    expect((await recheck()).status).toBe(200);
    expect(await scene.call('POST', '/v1/orders/15/recheck', {})).toMatchObject(
      problem(404, 'order-unknown'),
    );
  });

  test('may be given up when nothing is under way, and not while something is', async () => {
    const scene = await open();
    const may = async () => (await scene.call('GET', '/v1/orders/14/may-cancel')).body;
    expect(await may()).toEqual({ may_cancel: 'yes' });
    await scene.checkout();
    expect(await may()).toEqual({ may_cancel: 'no' });
    await scene.simulators.clock.advance(minutes(20));
    expect(await may()).toEqual({ may_cancel: 'unknown' });
  });

  test('that is cancelled is cancelled at the gateway too', async () => {
    const scene = await open();
    const { invoice } = started.parse((await scene.checkout()).body);
    const cancelled = await scene.call('POST', '/v1/orders/14/cancel', {});
    expect(cancelled.body).toEqual({
      canceled: [invoice],
      watched: [],
    });
    expect(scene.simulators.gateways['crypto-pay'].payments()).toEqual([]);
    expect((await scene.call('POST', '/v1/orders/14/cancel', {})).body).toEqual({
      canceled: [],
      watched: [],
    });
  });

  test('is refunded by hand where the gateway cannot, and only when it was paid here', async () => {
    const scene = await open();
    const { orderKey: order_key } = await scene.woo.shopper.placeOrder({ total: '49.90' });
    const refund = (body: unknown) => scene.call('POST', '/v1/orders/14/refunds', body);
    expect(await refund({ refund_id: 20, amount: '10.00', reason: '' })).toMatchObject(
      problem(404, 'order-unknown'),
    );
    await scene.checkout({ order_key });
    expect(await refund({ refund_id: 20, amount: '10.00' })).toMatchObject(
      problem(422, 'order-not-paid-here'),
    );
    const cryptoPay = scene.simulators.gateways['crypto-pay'];
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    await scene.bridge.work();
    expect(await refund({ refund_id: 20, amount: '10.00' })).toMatchObject({
      status: 200,
      body: { outcome: 'manual', instructions: expect.stringContaining('10.00 USD') },
    });
    expect(await refund({ refund_id: 20, amount: '50.00' })).toMatchObject(problem(422, 'more-than-paid'));
    expect(await refund({ refund_id: 20, amount: '10.00', currency: 'EUR' })).toMatchObject(
      problem(422, 'currency-differs'),
    );
    expect(await refund({ refund_id: 'x', amount: '10.00' })).toMatchObject(problem(400, 'malformed'));
  });
});
