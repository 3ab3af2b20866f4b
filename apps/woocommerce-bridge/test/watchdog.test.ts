import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import { hours, minutes, orderKeySchema, parseExactJson, wireId } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { wooCommerceCredentialsSchema } from '../src/storefront/credentials.ts';
import { callStore, type StoreRequest } from '../src/storefront/store-call.ts';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { everything } from './support/ledger-file.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { serve } from './support/raw-server.ts';
import { countedBytes, openShop, type Shop, startWorld, type World } from './support/world.ts';

/** A call by the owner, with the shop's own key. */
const owner =
  ({ simulators }: World, { woo }: Shop) =>
  async (request: Omit<StoreRequest, 'version'>): Promise<unknown> => {
    const { clock } = simulators;
    const egress = createNodeEgress({ sandbox: true });
    const http = createHttpClient({ egress, clock, random: () => 0.5, sleep: async () => undefined });
    const connection = { url: woo.url, credentials: woo.restKeys };
    const outcome = await callStore({ http, clock, random: countedBytes('owner') }, connection, {
      version: 'wc/v3',
      ...request,
    });
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const json = parseExactJson(outcome.body);
    return json.ok ? json.value : undefined;
  };

const hooks = z.array(
  z.object({
    id: wireId,
    topic: z.string(),
    status: z.string(),
    delivery_url: z.string(),
    name: z.string(),
  }),
);

const hooksOf = async (world: World, shop: Shop) =>
  hooks
    .parse(await owner(world, shop)({ method: 'get', endpoint: 'webhooks' }))
    .map(({ topic, status, delivery_url }) => `${topic} ${status} ${delivery_url}`)
    .toSorted();

const findingsOf = async (world: World, { store }: Shop) => {
  const answer = await callBridge(world, await keyOf(world, store), 'GET', '/v1/attention');
  const body = z.object({ findings: z.array(z.object({ code: z.string() })) }).parse(answer.body);
  return body.findings.map(({ code }) => code);
};

const scene = async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  return { world, shop };
};

test('a new store gets its webhooks at the first look, and a second look changes nothing', async () => {
  const { world, shop } = await scene();
  expect(await world.bridge.watch()).toBe(1);
  const url = `${world.bridge.publicUrl}/woocommerce/${shop.store}`;
  const wanted = ['order.created', 'order.deleted', 'order.updated'].map((topic) => `${topic} active ${url}`);
  expect(await hooksOf(world, shop)).toEqual(wanted);
  await world.simulators.clock.advance(hours(7));
  expect(await world.bridge.watch()).toBe(1);
  expect(await hooksOf(world, shop)).toEqual(wanted);
  expect(await world.bridge.watch()).toBe(0);
  const { woocommerce_actions: actions = [] } = everything(world);
  expect(actions).toHaveLength(3);
});

test('deliveries of the webhooks it made are genuine: their secret is the one in the vault', async () => {
  const { world, shop } = await scene();
  await world.bridge.vault.setStorefrontCredentials(shop.store, shop.woo.restKeys, { replace: true });
  await world.bridge.watch();
  const kept = wooCommerceCredentialsSchema.parse(await world.bridge.vault.storefrontCredentials(shop.store));
  expect(kept.webhookSecret).toMatch(/^[\w-]{43}$/);
  await shop.woo.shopper.placeOrder({ total: '10.00' });
  for (const { result } of await shop.woo.runCron()) expect(result).toEqual({ ok: true, status: 200 });
  expect(world.log()).not.toContain(kept.webhookSecret);
});

test('what WooCommerce switched off is on again, what was deleted is made again; a pause by a person stays', async () => {
  const { world, shop } = await scene();
  await world.bridge.watch();
  const [first, second, third] = hooks.parse(
    await owner(world, shop)({ method: 'get', endpoint: 'webhooks' }),
  );
  const set = (hook: typeof first, body: Record<string, unknown>) =>
    owner(world, shop)({ method: 'put', endpoint: `webhooks/${hook?.id}`, body });
  await set(first, { status: 'disabled' });
  await set(second, { status: 'paused' });
  await set(third, { topic: 'product.updated', name: 'mine', delivery_url: 'https://example.test/' });
  await world.simulators.clock.advance(hours(7));
  await world.bridge.watch();
  const after = await hooksOf(world, shop);
  expect(after.filter((hook) => hook.includes(' active ')).length).toBe(3);
  expect(after).toContain('product.updated active https://example.test/');
  expect(after.filter((hook) => hook.startsWith(`${second?.topic} paused`))).toHaveLength(1);
  expect(await findingsOf(world, shop)).toEqual(expect.arrayContaining(['webhook-paused']));
});

test('what happened while the webhooks were off is asked for as soon as they are on again', async () => {
  const { world, shop } = await scene();
  await world.bridge.watch();
  const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  await shop.woo.shopper.pay(id);
  await payNewest(world);
  await world.bridge.work();
  const call = owner(world, shop);
  for (const hook of hooks.parse(await call({ method: 'get', endpoint: 'webhooks' })))
    await call({ method: 'put', endpoint: `webhooks/${hook.id}`, body: { status: 'disabled' } });
  await shop.woo.merchant.refund(id, '10.00', { api: false });
  // Pairing anew makes the watchdog look at once; no time passes, so no other look at the orders is due.
  const code = await world.bridge.vault.issueCode('pairing', shop.store, minutes(10));
  await shop.woo.pairBridge(`${world.bridge.publicUrl}#${code}`);
  await world.bridge.watch();
  await world.bridge.work();
  expect(await findingsOf(world, shop)).toContain('webhook-enabled-again');
  const refunds = await world.bridge.ports.ledger.transact(async (tx) => {
    const [invoice] = await tx.invoices.ofOrder(shop.store, orderKeySchema.parse(String(id)));
    return invoice ? tx.refunds.ofInvoice(invoice.id) : [];
  });
  expect(refunds.map(({ orderAmount }) => orderAmount.amount)).toEqual(['10.00']);
});

test('wrong keys: the store is broken with the reason, waits longer each time, and is well again by itself', async () => {
  const { world, shop } = await scene();
  const wrong = { ...shop.woo.restKeys, consumerSecret: `cs_${'0'.repeat(40)}` };
  await world.bridge.vault.setStorefrontCredentials(shop.store, wrong, { replace: true });
  expect(await world.bridge.watch()).toBe(1);
  expect(await findingsOf(world, shop)).toEqual(['shop-unauthorized']);
  await world.simulators.clock.advance(minutes(5));
  expect(await world.bridge.watch()).toBe(1);
  await world.simulators.clock.advance(minutes(5));
  expect(await world.bridge.watch()).toBe(0);
  await world.bridge.vault.setStorefrontCredentials(shop.store, shop.woo.restKeys, { replace: true });
  await world.simulators.clock.advance(minutes(5));
  expect(await world.bridge.watch()).toBe(1);
  expect(await findingsOf(world, shop)).not.toContain('shop-unauthorized');
});

test('a plugin that refuses our signature is reported, although the shop answers', async () => {
  const { world, shop } = await scene();
  await world.bridge.watch();
  const before = await findingsOf(world, shop);
  expect(before.filter((code) => code.startsWith('plugin-'))).toEqual([]);
  const key = await keyOf(world, shop.store);
  shop.woo.connectBridge({ url: world.bridge.publicUrl, keyId: 'another', secret: 'another-secret-of-it' });
  await world.simulators.clock.advance(hours(7));
  await world.bridge.watch();
  const answer = await callBridge(world, key, 'GET', '/v1/attention');
  expect(JSON.stringify(answer.body)).toContain('plugin-unauthorized');
});

test('a key that may only read is reported, and nothing is made', async () => {
  const { world, shop } = await scene();
  await world.bridge.vault.setStorefrontCredentials(shop.store, shop.woo.createKey('read'), {
    replace: true,
  });
  await world.bridge.watch();
  expect(await hooksOf(world, shop)).toEqual([]);
  expect(await findingsOf(world, shop)).toContain('shop-unauthorized');
});

test.each([
  ['a page instead of data', 200, '<html>maintenance</html>', 'shop-not-json'],
  ['a server error', 503, '<html>503</html>', 'shop-error'],
  ['a redirect', 301, '', 'shop-redirected'],
  ['no such route, as with plain permalinks', 404, '<html>not found</html>', 'shop-route-missing'],
  ['JSON of something else', 200, '{"hello":"world"}', 'shop-answer-not-understood'],
])('a shop that answers %s is broken, and says so', async (_name, status, body, code) => {
  const world = await startWorld();
  const url = await serve((_request, response) => {
    response.writeHead(status, { location: 'https://elsewhere.test/' }).end(body);
  });
  const { vault } = world.bridge;
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url });
  if (!added.ok) throw new Error(added.reason);
  const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1' };
  await vault.setStorefrontCredentials(added.store.id, keys, { replace: false });
  await vault.setPluginKey(added.store.id, { keyId: 'gwk_1', secret: 'a-secret-of-the-test' });
  await world.bridge.watch();
  const answer = await callBridge(
    world,
    { id: 'gwk_1', secret: 'a-secret-of-the-test' },
    'GET',
    '/v1/attention',
  );
  expect(answer.body).toMatchObject({ findings: [{ code }] });
});
