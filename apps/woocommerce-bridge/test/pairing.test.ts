import { minutes } from '@gatewright/payment-core';
import { startWooCommerce } from '@gatewright/storefront-simulator';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { everything } from './support/ledger-file.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, startWorld, type World } from './support/world.ts';

const pair = async ({ bridge }: World, body: unknown) => {
  const response = await fetch(`${bridge.publicUrl}/v1/pairings`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
};

test('the owner pastes one string; the key that comes of it opens the signed hello', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  expect(await woo.bridge()?.hello()).toMatchObject({ ok: true, answer: { store: { id: store } } });
  const [key] = await world.bridge.vault.pluginKeysOf(store);
  expect(key?.secret).toMatch(/^[\w-]{43}$/);
  expect(world.log()).not.toContain(key?.secret);
});

test('a shop that has given its keys is not led on to give them again', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  const code = await world.bridge.vault.issueCode('pairing', store, minutes(10));
  const { status, answer } = await pair(world, { code, store_url: woo.url });
  expect({ status, answer }).toMatchObject({ status: 200, answer: { connect_url: null } });
});

test('a code works once, for ten minutes, for its own shop; every refusal has the same answer', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  const { vault } = world.bridge;
  const issue = () => vault.issueCode('pairing', store, minutes(10));
  const ask = (code: string, store_url = woo.url) => pair(world, { code, store_url });

  const code = await issue();
  expect((await ask(code)).status).toBe(200);
  const refused = [await ask(code)];
  const elsewhere = await issue();
  refused.push(await ask(elsewhere, 'http://127.0.0.1:1'), await ask(elsewhere));
  const late = await issue();
  await world.simulators.clock.advance(minutes(10));
  refused.push(await ask(late), await ask('AAAAAAAAAAAAAAAAAAAAAA'));
  const callback = await vault.issueCode('wc-auth', store, minutes(10));
  refused.push(await ask(callback));
  expect(new Set(refused.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
  expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(401));
  for (const reason of ['used-code', 'other-store', 'expired-code', 'unknown-code'])
    expect(world.log()).toContain(`"reason":"${reason}"`);
});

test('what is no pairing request is 400', async () => {
  const world = await startWorld();
  for (const body of [{}, null, { code: 'short', store_url: 'x' }, { code: 'AAAAAAAAAAAAAAAAAAAAAA' }])
    expect(await pair(world, body)).toMatchObject({ status: 400, answer: { code: 'malformed' } });
});

test('one code three times at the same moment: one key', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  const code = await world.bridge.vault.issueCode('pairing', store, minutes(10));
  const answers = await Promise.all([
    pair(world, { code, store_url: woo.url }),
    pair(world, { code, store_url: woo.url }),
    pair(world, { code, store_url: woo.url }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('pairing ends what was said against a plugin without a key, and has the shop looked at again', async () => {
  const world = await startWorld();
  const { bridge, simulators } = world;
  const woo = await startWooCommerce({ clock: simulators.clock, seed: 1 });
  onTestFinished(() => woo.close());
  const added = await bridge.vault.addStore({
    name: 'New',
    mode: 'test',
    platform: 'woocommerce',
    url: woo.url,
  });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  await bridge.vault.setStorefrontCredentials(store, woo.restKeys, { replace: false });
  expect(await bridge.watch()).toBe(1);
  expect(await bridge.watch()).toBe(0);
  expect(JSON.stringify(everything(world).woocommerce_connections)).toContain('plugin-not-paired');
  const code = await bridge.vault.issueCode('pairing', store, minutes(10));
  expect(await woo.pairBridge(`${bridge.publicUrl}#${code}`)).toMatchObject({ ok: true });
  const { body } = await callBridge(world, await keyOf(world, store), 'GET', '/v1/attention');
  const { findings } = z.object({ findings: z.array(z.object({ code: z.string() })) }).parse(body);
  expect(findings.map((finding) => finding.code)).not.toContain('plugin-not-paired');
  expect(await bridge.watch()).toBe(1);
});

test('pairing again ends what was said against the key before', async () => {
  const world = await startWorld();
  const { bridge } = world;
  const { woo, store } = await openShop(world);
  await bridge.vault.setPluginKey(store, {
    keyId: 'a-key-that-was-lost',
    secret: 'a secret of 32 letters or so, gone',
  });
  await bridge.vault.endPluginKeyRotation(store);
  expect(await bridge.watch()).toBe(1);
  const said = async () => {
    const { body } = await callBridge(world, await keyOf(world, store), 'GET', '/v1/attention');
    const { findings } = z.object({ findings: z.array(z.object({ code: z.string() })) }).parse(body);
    return findings.map(({ code }) => code);
  };
  expect(await said()).toContain('plugin-unauthorized');
  const code = await bridge.vault.issueCode('pairing', store, minutes(10));
  expect(await woo.pairBridge(`${bridge.publicUrl}#${code}`)).toMatchObject({ ok: true });
  expect(await said()).not.toContain('plugin-unauthorized');
});
