import { describe, expect, it } from 'vitest';
import type { DeliveryEntry, ShopifyDouble } from '../../src/index.ts';
import { goodAnswer, redirectTo } from '../support/shopify-app.ts';
import { openStore, pay } from '../support/shopify-store.ts';

const deliveries = ({ journal }: ShopifyDouble): readonly DeliveryEntry[] =>
  journal.filter((entry) => entry.kind === 'delivery');

const longUrl = (bytes: number): string => 'https://app.example/pay/'.padEnd(bytes, 'x');

describe('rule 2: the answer to a session request', () => {
  it.each([
    ['a 500', { status: 500, body: '{}' }, 'not-2xx'],
    ['a redirect', { status: 302, body: '{"redirect_url":"https://app.example/"}' }, 'not-2xx'],
    ['no JSON', { status: 200, body: '<html>' }, 'not-json'],
    ['no redirect_url', { status: 200, body: '{"redirectUrl":"https://app.example/"}' }, 'no-redirect-url'],
    ['null', { status: 200, body: 'null' }, 'no-redirect-url'],
    ['a URL that is no text', { status: 200, body: '{"redirect_url":1}' }, 'no-redirect-url'],
    ['8192 bytes', redirectTo(longUrl(8_192)), 'redirect-url-too-long'],
    ['a path', redirectTo('/pay/1'), 'redirect-url-not-https'],
    ['http', redirectTo('http://127.0.0.1/pay/1'), 'redirect-url-not-https'],
    ['a cut connection', 'cut', 'no-connection'],
  ] as const)('rule 2: refuses %s, and the buyer sees an error', async (_, answer, reason) => {
    const store = await openStore();
    store.app.answerWith(() => answer);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({
      ok: false,
      reason: 'gateway-error',
      message: expect.stringContaining('issue processing your payment'),
    });
    expect(deliveries(store.shopify).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ ok: false, reason })),
    );
  });

  it.each([
    ['8191 bytes', redirectTo(longUrl(8_191))],
    ['201', { status: 201, body: '{"redirect_url":"https://app.example/","more":1}' }],
  ])('rule 2: takes %s', async (_, answer) => {
    const store = await openStore();
    store.app.answerWith(() => answer);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
  });

  it('rule 2: an app that does not answer in time is asked again', async () => {
    const store = await openStore({ answerTimeoutMs: 2_000 });
    let asked = 0;
    store.app.answerWith((request) => (++asked === 1 ? 'hang' : goodAnswer(request)));
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
    expect(deliveries(store.shopify)[0]?.outcome).toMatchObject({ reason: 'timeout' });
  });

  it('rule 2: repeats carry the same id and body, and a new Shopify-Request-Id', async () => {
    const store = await openStore({ deliveryAttempts: 5 });
    let asked = 0;
    store.app.answerWith((request) =>
      ++asked < 5 ? { status: 503, body: '' } : redirectTo(`https://app.example/${request.id}`),
    );
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
    const { seen } = store.app;
    expect(seen).toHaveLength(5);
    expect(new Set(seen.map(({ rawBody }) => rawBody)).size).toBe(1);
    expect(new Set(seen.map(({ headers }) => headers['shopify-request-id'])).size).toBe(5);
    expect(deliveries(store.shopify).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  });

  it('rule 2: takes http on loopback only where the test allows it', async () => {
    const store = await openStore({ loopbackHttp: true });
    store.app.answerWith(() => redirectTo('http://127.0.0.1:4000/pay/1'));
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
    store.app.answerWith(() => redirectTo('http://app.example/pay/1'));
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: false });
  });
});

describe('rule 3: duplicates', () => {
  it('rule 3: a lost answer makes the app see the request again', async () => {
    const store = await openStore();
    store.shopify.faults.add({ kind: 'lost-answer', endpoint: 'payment' });
    const { sessionId } = await pay(store);
    expect(store.app.seen.map(({ id }) => id)).toEqual([sessionId, sessionId]);
  });

  it('rule 3: a lost request does not reach the app', async () => {
    const store = await openStore();
    store.shopify.faults.add({ kind: 'lost-request' });
    await pay(store);
    expect(store.app.seen).toHaveLength(1);
    expect(deliveries(store.shopify).map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('rule 3: copies arrive at the same time, before any of them is answered', async () => {
    const store = await openStore();
    store.shopify.faults.add({ kind: 'duplicate', copies: 4 });
    let waiting = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    store.app.answerWith(async (request) => {
      waiting += 1;
      if (waiting === 5) release();
      await all;
      return goodAnswer(request);
    });
    await pay(store);
    expect(store.app.seen).toHaveLength(5);
    expect(new Set(store.app.seen.map(({ rawBody }) => rawBody)).size).toBe(1);
  });

  it('rule 3: redelivery shows each answer and changes nothing', async () => {
    const store = await openStore();
    const { sessionId } = await pay(store);
    const before = store.shop.payment(sessionId);
    let asked = 0;
    store.app.answerWith(() => redirectTo(`https://app.example/${++asked}`));
    const answers = await store.shopify.redeliver(sessionId, 20);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(20);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(store.shop.payment(sessionId)).toEqual(before);
  });
});
