import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, startWorld, type World } from './support/world.ts';

/** The status of each answer, and what the last one says of waiting. */
const flood = async (count: number, call: () => Promise<{ status: number; headers: Headers }>) => {
  const answers = [];
  for (let at = 0; at < count; at += 1) answers.push(await call());
  const statuses = answers.map(({ status }) => status);
  return { statuses, retryAfter: answers.at(-1)?.headers.get('retry-after') ?? null };
};

const times = (count: number, status: number): number[] => Array<number>(count).fill(status);

const post = (world: World, path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${world.bridge.publicUrl}${path}`, { method: 'POST', body, headers });

const tight = {
  store: { capacity: 5, perSecond: 1 },
  deliveries: { capacity: 4, perSecond: 1 },
  refused: { capacity: 3, perSecond: 0.5 },
  opening: { capacity: 4, perSecond: 0.1 },
};

test("a store's signed calls: its own bucket, 429 with Retry-After, and none of another store's business", async () => {
  const world = await startWorld({ limits: tight });
  const [a, b] = [await openShop(world, { name: 'A' }), await openShop(world, { name: 'B', seed: 2 })];
  const [keyA, keyB] = [await keyOf(world, a.store), await keyOf(world, b.store)];
  // Pairing said hello once.
  const { statuses, retryAfter } = await flood(5, () => callBridge(world, keyA, 'GET', '/v1/hello'));
  expect(statuses).toEqual([...times(4, 200), 429]);
  expect(retryAfter).toBe('1');
  const refused = await callBridge(world, keyA, 'GET', '/v1/offer?amount=1&currency=USD');
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-calls' } });
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect((await callBridge(world, keyB, 'GET', '/v1/hello')).status).toBe(200);
  await world.simulators.clock.advance(1_000);
  expect((await callBridge(world, keyA, 'GET', '/v1/hello')).status).toBe(200);
});

test('calls that are not let in: 429 after some, while a genuine one from the same address never waits', async () => {
  const world = await startWorld({ limits: tight });
  const shop = await openShop(world);
  const key = await keyOf(world, shop.store);
  const forged = { ...key, secret: 'wrong' };
  const { statuses, retryAfter } = await flood(4, () => callBridge(world, forged, 'GET', '/v1/hello'));
  expect(statuses).toEqual([...times(3, 401), 429]);
  expect(retryAfter).toBe('2');
  expect((await callBridge(world, key, 'GET', '/v1/hello')).status).toBe(200);
  // A stranger's flood does not fill the log either.
  expect(world.log().split('plugin call refused').length - 1).toBe(3);
});

test.each([
  ['/v1/pairings', '{"code":"AAcOFRwjKjE4P0ZNVFtiaQ","store_url":"https://shop.example"}', 401],
  ['/connect/callback', '{"key_id":1,"user_id":"x","consumer_key":"ck","consumer_secret":"cs"}', 400],
])('%s: a client may ask only so often', async (path, body, refusal) => {
  const world = await startWorld({ limits: tight });
  const { statuses, retryAfter } = await flood(5, () => post(world, path, body));
  expect(statuses).toEqual([...times(4, refusal), 429]);
  expect(retryAfter).toBe('10');
  const other = path === '/v1/pairings' ? '/connect/callback' : '/v1/pairings';
  expect((await post(world, other, '{}')).status).toBe(429);
});

test("a shop's own webhooks: genuine ones by store, the others by client", async () => {
  const world = await startWorld({ limits: tight });
  const shop = await openShop(world);
  const body = '{"id":14,"status":"pending"}';
  const signature = createHmac('sha256', shop.webhookSecret).update(body).digest('base64');
  const headers = { 'content-type': 'application/json', 'x-wc-webhook-signature': signature };
  const path = `/woocommerce/${shop.store}`;
  const forged = await flood(4, () => post(world, path, `${body} `, headers));
  expect(forged).toEqual({ statuses: [...times(3, 401), 429], retryAfter: '2' });
  const unknown = await post(world, '/woocommerce/0192f8a0-0000-7000-8000-000000000000', body, headers);
  expect(unknown.status).toBe(429);
  const genuine = await flood(5, () => post(world, path, body, headers));
  expect(genuine).toEqual({ statuses: [...times(4, 200), 429], retryAfter: '1' });
  expect(await shop.woo.bridge()?.hello()).toMatchObject({ ok: true });
});
