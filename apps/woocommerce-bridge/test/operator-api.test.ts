import { minutes, type ReviewRow } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { everything } from './support/ledger-file.ts';
import { callOperator, type OperatorRequest, tokenOf } from './support/operator-call.ts';
import { rawPost, sendRaw } from './support/raw-http.ts';
import { underpaidOrder } from './support/review-item.ts';
import { openShop, startWorld } from './support/world.ts';

const pageSchema = z.object({
  items: z.array(z.object({ id: z.string() })),
  next: z.string().nullable(),
});

const acceptFifty = { decision: 'accept', amount: '50.00', reason: 'agreed by mail' };

const scene = async () => {
  const world = await startWorld();
  const held = await underpaidOrder(world);
  const token = await tokenOf(world, held.store);
  const reviews = `/v1/stores/${held.store}/reviews`;
  const item = `${reviews}/${held.review.id}`;
  const call = (path: string, request: OperatorRequest = {}) =>
    callOperator(world.bridge.operatorUrl, path, { token, ...request });
  return {
    ...world,
    ...held,
    token,
    reviews,
    item,
    call,
    resolve: (body: unknown, request: OperatorRequest = {}) =>
      call(`${item}/resolution`, { body, ...request }),
    status: () => held.woo.orders(held.orderId)?.status,
    openItems: async () => {
      const open = await world.bridge.ports.ledger.transact((tx) =>
        tx.reviews.page(held.store, { state: 'open', limit: 100 }),
      );
      return open.length;
    },
  };
};

describe('a decision over HTTP', () => {
  test('leads to a paid order exactly once, however often it is sent at once', async () => {
    const { bridge, resolve, status, woo, orderId } = await scene();
    expect(status()).toBe('on-hold');
    const answers = await Promise.all(Array.from({ length: 8 }, () => resolve(acceptFifty)));
    await bridge.work();
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'already-resolved' });
    expect(status()).toBe('processing');
    expect(woo.events.paymentComplete(orderId)).toBe(1);
    expect(woo.events.emails('New order', orderId)).toBe(1);
  });

  test('invariant 14: is recorded in the name of the credential, whatever the body says', async () => {
    const { resolve, call, reviews, review } = await scene();
    const answer = await resolve({ ...acceptFifty, by: 'mallory', operator: 'mallory' });
    const resolution = { by: 'ann', reason: 'agreed by mail', decision: 'accept 50.00 USD' };
    expect(answer).toMatchObject({ status: 200, body: { review: { id: review.id, resolution } } });
    expect((await call(reviews)).body).toEqual({ items: [], next: null });
    expect((await call(`${reviews}?state=resolved`)).body).toMatchObject({ items: [{ resolution }] });
    expect((await call(`${reviews}/${review.id}`)).text).not.toContain('mallory');
  });

  test('at another total than the shop has now is refused by the shop and comes back', async () => {
    const { bridge, resolve, status, call, reviews } = await scene();
    expect((await resolve({ ...acceptFifty, amount: '45.00' })).status).toBe(200);
    await bridge.work();
    expect(status()).toBe('on-hold');
    expect((await call(reviews)).body).toMatchObject({ items: [{ kind: 'storefront_refused' }] });
  });

  test.each([
    ['no JSON', '{"decision":', 400, 'malformed'],
    ['no object', '[]', 400, 'malformed'],
    ['no decision', { reason: 'r' }, 400, 'malformed'],
    ['an unknown decision', { decision: 'refund', amount: '1', reason: 'r' }, 400, 'malformed'],
    ['a number as amount', '{"decision":"accept","amount":50.00,"reason":"r"}', 400, 'malformed'],
    ['two amounts', '{"decision":"accept","amount":"1","amount":"50.00","reason":"r"}', 400, 'malformed'],
    ['no reason', { decision: 'ignore' }, 422, 'reason-missing'],
    ['a blank reason', { decision: 'ignore', reason: ' \n ' }, 422, 'reason-missing'],
    ['no amount', { decision: 'accept', reason: 'r' }, 422, 'amount-missing'],
    ['an amount to ignore', { decision: 'ignore', amount: '1', reason: 'r' }, 422, 'amount-unwanted'],
    ['words as amount', { ...acceptFifty, amount: 'fifty' }, 422, 'amount-malformed'],
    ['nothing', { ...acceptFifty, amount: '0' }, 422, 'amount-zero'],
    ['fractions of a cent', { ...acceptFifty, amount: '50.001' }, 422, 'amount-scale'],
    ['another currency', { ...acceptFifty, currency: 'EUR' }, 422, 'currency-differs'],
    ['a book', { decision: 'ignore', reason: 'r'.repeat(20_000) }, 413, 'body-too-large'],
  ])('that is %s is refused in words and changes nothing', async (_what, body, status, code) => {
    const world = await scene();
    const before = everything(world);
    const answer = await world.resolve(body);
    expect(answer).toMatchObject({ status, body: { code, owner_message: expect.any(String) } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(everything(world)).toEqual(before);
  });
});

describe('a review item over HTTP', () => {
  test('is listed and explained, without secrets and without the shopper', async () => {
    const { bridge, call, reviews, item, review, store, orderId, token, webhookSecret } = await scene();
    expect(await call(reviews)).toMatchObject({
      status: 200,
      body: { items: [{ id: review.id, kind: 'underpaid', order: String(orderId), resolution: null }] },
    });
    const explained = await call(item);
    expect(explained).toMatchObject({
      status: 200,
      body: { review: { id: review.id }, attempts: [{ n: 1, status: 'processing' }], claim: null },
    });
    expect(explained.headers.get('cache-control')).toBe('no-store');
    const [account] = await bridge.vault.accountsOf(store);
    const [invoice] = await bridge.ports.ledger.transact((tx) =>
      review.orderKey === null ? Promise.resolve([]) : tx.invoices.ofOrder(store, review.orderKey),
    );
    const secrets = [token, webhookSecret, invoice?.payUrl, invoice?.address];
    for (const value of Object.values(Object(account?.config)))
      if (typeof value === 'string' && !value.startsWith('http')) secrets.push(value);
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(explained.text).not.toContain(secret ?? '?');
  });

  test('is listed by state; any other state is malformed', async () => {
    const { call, reviews, resolve } = await scene();
    await resolve(acceptFifty);
    expect((await call(`${reviews}?state=all`)).body).toMatchObject({ items: [{}] });
    for (const query of ['state=', 'state=closed', 'state=open&state=all'])
      expect(await call(`${reviews}?${query}`)).toMatchObject({ status: 400, body: { fields: ['state'] } });
  });

  test('comes in pages: each names the next, and an item that was resolved meanwhile skips and repeats none', async () => {
    const world = await scene();
    const { bridge, store, call, reviews, review } = world;
    const planted = (at: number): ReviewRow => ({
      ...review,
      id: `item-${at}`,
      key: `item-${at}`,
      openedAt: review.openedAt + at,
    });
    await bridge.ports.ledger.transact(async (tx) => {
      for (const at of [1, 2, 3, 4]) await tx.reviews.open(planted(at));
    });
    const page = async (query: string) => {
      const { items, next } = pageSchema.parse((await call(`${reviews}?limit=2${query}`)).body);
      return { ids: items.map(({ id }) => id), next };
    };
    expect(await page('')).toEqual({ ids: [review.id, 'item-1'], next: 'item-1' });
    const resolution = { by: 'ann', reason: 'seen', decision: 'ignored', at: 1 };
    await bridge.ports.ledger.transact((tx) => tx.reviews.resolve(store, 'item-1', resolution));
    expect(await page('&cursor=item-1')).toEqual({ ids: ['item-2', 'item-3'], next: 'item-3' });
    expect(await page('&cursor=item-3')).toEqual({ ids: ['item-4'], next: null });
    expect(await page('&state=all&cursor=item-1')).toEqual({ ids: ['item-2', 'item-3'], next: 'item-3' });
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=nobody', 'cursor'],
  ])('is not listed for %s', async (query, field) => {
    const { call, reviews } = await scene();
    expect(await call(`${reviews}?${query}`)).toMatchObject({ status: 400, body: { fields: [field] } });
  });

  test('of another store is no cursor', async () => {
    const world = await scene();
    const other = await underpaidOrder(world, await openShop(world, { name: 'Other', seed: 2 }));
    const answer = await world.call(`${world.reviews}?cursor=${other.review.id}`);
    expect(answer).toMatchObject({ status: 400, body: { fields: ['cursor'] } });
  });

  test('of another store is not there, nor one that never was: the answer is the same', async () => {
    const world = await scene();
    const { call, token } = world;
    const other = await underpaidOrder(world, await openShop(world, { name: 'Other', seed: 2 }));
    const before = everything(world);
    const answers = [];
    for (const id of [other.review.id, 'nobody', 'x'.repeat(200), '%00']) {
      const path = `${world.reviews}/${id}`;
      answers.push(await call(path), await call(`${path}/resolution`, { body: acceptFifty }));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const foreign = `/v1/stores/${other.store}/reviews/${other.review.id}/resolution`;
    expect(await call(foreign, { token, body: acceptFifty })).toMatchObject({ status: 401 });
    expect(everything(world)).toEqual(before);
  });
});

describe('a call without a valid token', () => {
  test('is answered the same, whatever is wrong with it', async () => {
    const world = await scene();
    const { call, token, bridge, store, item } = world;
    const other = await openShop(world, { name: 'Other', seed: 2 });
    const revoked = await bridge.vault.addOperator(store, 'bob');
    if (!revoked.ok) throw new Error(revoked.reason);
    await bridge.vault.revokeOperator(revoked.operator.id);
    const before = everything(world);
    const requests: readonly (readonly [string, OperatorRequest])[] = [
      [item, { headers: { authorization: '' } }],
      [item, { headers: { authorization: token } }],
      [item, { headers: { authorization: `Basic ${token}` } }],
      [item, { headers: { authorization: `Bearer ${token} ${token}` } }],
      [item, { token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` }],
      [item, { token: await tokenOf(world, other.store, 'owner of the other shop') }],
      [item, { token: revoked.token }],
      [item.replace(store, 'nobody'), {}],
      [item.replace(store, other.store), {}],
      [item.replace(store, '%00'), {}],
    ];
    const answers = [];
    for (const [path, request] of requests)
      answers.push(
        await call(path, request),
        await call(`${path}/resolution`, { body: acceptFifty, ...request }),
      );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer');
    expect(everything(world)).toEqual({ ...before, operators: everything(world).operators });
    expect(world.log()).not.toContain(token);
    expect(world.log()).not.toContain(revoked.token);
  });

  test('is refused when the header stands there twice', async () => {
    const { bridge, item, token, openItems } = await scene();
    const line = ['Authorization', `Bearer ${token}`] as const;
    const path = `${item}/resolution`;
    const body = JSON.stringify(acceptFifty);
    const twice = await sendRaw(bridge.operatorUrl, rawPost(path, [line, line], body));
    expect(twice.status).toBe(401);
    expect(await openItems()).toBe(1);
    const once = await sendRaw(bridge.operatorUrl, rawPost(path, [line], body));
    expect(once.status).toBe(200);
  });

  test('is told to wait after twenty a minute, while a genuine one is let in', async () => {
    const { call, reviews, simulators, store } = await scene();
    const wrong = async () => (await call(reviews, { token: 'gwo_wrong' })).status;
    const statuses = [];
    for (let count = 0; count < 22; count += 1) statuses.push(await wrong());
    expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
    const limited = await call(reviews, { token: 'gwo_wrong' });
    expect(limited).toMatchObject({ body: { code: 'too-many-refusals' } });
    expect(Number(limited.headers.get('retry-after'))).toBe(60);
    expect((await call(reviews)).status).toBe(200);
    expect((await call(reviews.replace(store, 'nobody'))).status).toBe(401);
    await simulators.clock.advance(minutes(1));
    expect(await wrong()).toBe(401);
  });
});

test("the public listener has none of it, and the operator's none of the plugin's calls", async () => {
  const { bridge, item, reviews, token, openItems } = await scene();
  for (const path of [reviews, item, '/metrics'])
    expect(await callOperator(bridge.publicUrl, path, { token })).toMatchObject({ status: 404 });
  const posted = await callOperator(bridge.publicUrl, `${item}/resolution`, { token, body: acceptFifty });
  expect(posted).toMatchObject({ status: 404, body: { code: 'route-unknown' } });
  expect(await openItems()).toBe(1);
  expect(await callOperator(bridge.operatorUrl, '/v1/attention', { token })).toMatchObject({ status: 404 });
});
