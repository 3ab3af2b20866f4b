import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { sceneIn, usePlace, useShop } from './open-shops.ts';

const place = usePlace();
const shop = useShop(place, { name: 'edges', orderTiming: 'after_payment' });
const scene = () => sceneIn(place(), shop(), 'crypto-pay');

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${shop().publicUrl}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const account = 'pp_gatewright_crypto-pay';
const webhook = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json' },
});

describe.each([
  `/gatewright/webhooks/${account}`,
  `/hooks/payment/${account}`,
  `/hooks/payment/${account.slice(3)}`,
])('a webhook to %s', (path) => {
  it.each<[string, string, number, string]>([
    ['without a signature', '{}', 401, 'signature-missing'],
    ['that is no JSON and not signed', '{"update_id":', 401, 'signature-missing'],
    ['longer than a webhook can be', 'x'.repeat(1_048_577), 413, 'body-too-large'],
  ])('%s is refused before anything is stored', async (_what, body, status, reason) => {
    const answer = await ask(path, webhook(body));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { ok: false, reason }]);
  });

  it('makes the order, however often it comes', async () => {
    const { simulators } = place();
    const entry = shop().entries.find(({ id }) => id === 'crypto-pay');
    expect(
      simulators.gateways['crypto-pay'].setWebhookUrl(entry?.accountId ?? '', `${shop().publicUrl}${path}`),
    ).toEqual({ ok: true });
    const playing = scene();
    const purchase = await playing.checkout();
    playing.simulator.faults.add({ kind: 'duplicate', copies: 3, concurrent: true, count: 1 });
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('captured; page: paid');
    const answers = simulators.gateways['crypto-pay'].deliveries().slice(-4);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

it('an account that is none is unknown on both routes', async () => {
  for (const path of ['/gatewright/webhooks/pp_gatewright_nobody', '/hooks/payment/gatewright_nobody'])
    expect((await ask(path, webhook('{}'))).status).toBe(404);
});

it("leaves other providers' webhooks to Medusa", async () => {
  expect(await ask('/hooks/payment/system_default', webhook('{}'))).toMatchObject({
    status: 200,
    text: 'OK',
  });
});

describe('the pay pages', () => {
  const open = async () => {
    const purchase = await scene().checkout();
    return { purchase, path: new URL(purchase.page).pathname };
  };
  const form = (body: string, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

  it('carry their own headers and none of the server', async () => {
    const { path } = await open();
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, text } = await ask(path, { method });
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(text === '').toBe(method === 'HEAD');
    }
  });

  it('take forms of their own only, and no long ones', async () => {
    const { path } = await open();
    const choose = `${path}/choose`;
    expect((await ask(choose, form('account=x', { origin: 'https://evil.example' }))).status).toBe(403);
    expect((await ask(choose, form(`account=${'x'.repeat(200_000)}`))).status).toBe(413);
    expect((await ask(choose, form('{', { 'content-type': 'application/json' }))).status).toBe(415);
    expect((await ask(choose, form('account=../..'))).status).toBe(400);
    expect((await ask(path, { method: 'PUT' })).status).toBe(405);
  });

  it('are not found for an id that is none', async () => {
    for (const id of ['A'.repeat(22), '%E0%A4%A', '..%2f..%2fadmin', ''])
      expect((await ask(`/gatewright/pay/${id}`)).status).toBe(404);
  });

  it('tell their news as they come, to themselves and to the storefront', async () => {
    const { purchase, path } = await open();
    const stream = await fetch(`${shop().publicUrl}${path}/events`, {
      headers: { origin: shop().storefrontUrl },
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('access-control-allow-origin')).toBe(shop().storefrontUrl);
    const other = await fetch(`${shop().publicUrl}${path}/events`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    await other.body?.cancel();
    const told = stream.text();
    expect(await scene().act('pay', purchase)).toEqual({ ok: true });
    // It ends by itself once nothing more can come.
    expect(await told).toContain('Paid');
  });
});

describe('the storefront', () => {
  const session = async (id: string) => {
    const { status, text } = await ask(`/store/gatewright/sessions/${id}`, {
      headers: { 'x-publishable-api-key': shop().seeded.publishableKey },
    });
    return { status, body: JSON.parse(text) };
  };

  it('learns how a payment stands, and which order it made', async () => {
    const playing = scene();
    const purchase = await playing.checkout();
    const { status, body } = await session(purchase.session);
    expect(status).toBe(200);
    expect(body.session).toMatchObject({
      state: 'waiting',
      final: false,
      order_id: null,
      cart_id: purchase.cart,
      amount: { amount: '50', currency: 'usd' },
      pay_url: purchase.page,
    });
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(5);
    const order = await playing.order(purchase);
    expect((await session(purchase.session)).body.session).toMatchObject({
      state: 'paid',
      final: true,
      order_id: order?.id,
    });
    expect(await session('payses_nobody')).toMatchObject({ status: 404, body: { code: 'session-unknown' } });
  });

  it('gets its shoppers back at an address of its own', async () => {
    const { session: id } = await scene().checkout();
    const { status, headers } = await ask(`/gatewright/return/${id}`);
    expect([status, headers.get('location')]).toEqual([
      303,
      `${shop().storefrontUrl}/thanks?gatewright_session=${id}`,
    ]);
    expect((await ask('/gatewright/return/payses_nobody')).status).toBe(404);
  });

  it('has the order of a shopper who went to another gateway and paid the first one', async () => {
    // Its invoices cannot be cancelled, so the first one can still be paid.
    const playing = sceneIn(place(), shop(), 'teleport-pay');
    const purchase = await playing.checkout();
    await shop().shopper.startPayment(purchase.collection, 'pp_gatewright_crypto-pay');
    await playing.live(5);
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('captured; page: paid');
  });
});

describe('a server that is told to end', () => {
  const ending = useShop(place, { name: 'ending', orderTiming: 'after_payment' });

  it('ends although a shopper watches a page', async () => {
    const { page } = await sceneIn(place(), ending(), 'crypto-pay').checkout();
    const stream = await fetch(`${page}/events`);
    expect(stream.status).toBe(200);
    const ended = ending().stop();
    expect(await Promise.race([ended.then(() => 'ended'), wait(seconds(12), 'still there')])).toBe('ended');
  });
});
