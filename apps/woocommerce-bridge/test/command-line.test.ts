import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { minutes } from '@gatewright/payment-core';
import { startWooCommerce } from '@gatewright/storefront-simulator';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { openAccount } from './support/accounts.ts';
import { gatewright } from './support/gatewright-process.ts';
import { callOperator } from './support/operator-call.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { underpaidOrder } from './support/review-item.ts';
import { openShop, startWorld, type World } from './support/world.ts';

/** The bridge polls on the machine's own timers. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await wait(20);
};

test('a decision on the command line reaches the shop through the bridge that is running', async () => {
  const world = await startWorld({ realTime: true });
  const { woo, store, review, orderId } = await underpaidOrder(world);
  const explained = await gatewright(world, ['review', 'explain', review.id, '--store', store]);
  expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('--accept 50.00') });
  expect(woo.orders(orderId)?.status).toBe('on-hold');
  const decision = ['--accept', '50.00', '--by', 'ann', '--reason', 'agreed'];
  const resolved = await gatewright(world, ['review', 'resolve', review.id, '--store', store, ...decision]);
  expect(resolved).toMatchObject({ code: 0, out: expect.stringContaining('50.00 USD') });
  await until(() => woo.events.paymentComplete(orderId) > 0);
  await world.bridge.work();
  expect(woo.orders(orderId)?.status).toBe('processing');
  expect(woo.events.paymentComplete(orderId)).toBe(1);
}, 60_000);

test('a token made on the command line opens the running bridge until it is revoked there', async () => {
  const world = await startWorld({ realTime: true });
  const { store } = await underpaidOrder(world);
  const added = await gatewright(world, ['operator', 'add', '--store', store, '--name', 'ann']);
  const token = added.out.trim();
  const list = () => callOperator(world.bridge.operatorUrl, `/v1/stores/${store}/reviews`, { token });
  expect(await list()).toMatchObject({ status: 200, body: { items: [{ kind: 'underpaid' }] } });
  const operators = await gatewright(world, ['operator', 'list', '--store', store, '--json']);
  const { id } = JSON.parse(operators.out);
  expect(await gatewright(world, ['operator', 'revoke', id])).toMatchObject({ code: 0 });
  expect(await list()).toMatchObject({ status: 401 });
}, 60_000);

/** A paired shop whose REST keys nobody has stored yet. */
const shopWithoutKeys = async ({ bridge, simulators }: World) => {
  const woo = await startWooCommerce({ clock: simulators.clock, seed: 1 });
  onTestFinished(() => woo.close());
  const added = await bridge.vault.addStore({
    name: 'New',
    mode: 'test',
    platform: 'woocommerce',
    url: woo.url,
  });
  if (!added.ok) throw new Error(added.reason);
  const { id: store } = added.store;
  const code = await bridge.vault.issueCode('pairing', store, minutes(10));
  expect(await woo.pairBridge(`${bridge.publicUrl}#${code}`)).toMatchObject({ ok: true });
  return { woo, store };
};

test('keys stored on the command line end what the running bridge said of their lack', async () => {
  const world = await startWorld();
  const { woo, store } = await shopWithoutKeys(world);
  const codes = async (): Promise<readonly string[]> => {
    const { body } = await callBridge(world, await keyOf(world, store), 'GET', '/v1/attention');
    const { findings } = z.object({ findings: z.array(z.object({ code: z.string() })) }).parse(body);
    return findings.map(({ code }) => code);
  };
  expect(await world.bridge.watch()).toBe(1);
  expect(await codes()).toContain('shop-credentials-missing');
  expect(await codes()).toContain('shop-credentials-missing');

  const file = `${world.file}.keys.json`;
  await writeFile(file, JSON.stringify(woo.restKeys));
  const connected = await gatewright(world, ['store', 'connect', store, '--config-file', file]);
  expect(connected).toMatchObject({ code: 0 });
  expect(await codes()).not.toContain('shop-credentials-missing');
  expect(await world.bridge.watch()).toBe(1);
  expect(await world.bridge.watch()).toBe(0);
  expect(await codes()).toContain('shop-not-https');
  expect(await codes()).not.toContain('shop-credentials-missing');
}, 60_000);

test('a look set on the command line is on the page that the running bridge shows', async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  const { redirectUrl } = await shop.woo.shopper.pay(orderId);
  const logo = `https://shop.example/logo.png?${'v'.repeat(400)}`;
  const look = ['store', 'look', shop.store, '--logo', logo, '--accent', '#AA0055'];
  expect(await gatewright(world, look)).toMatchObject({ code: 0 });
  const html = await (await fetch(redirectUrl)).text();
  expect(html).toContain('/theme-aa0055-');
  expect(html).toContain(`src="${logo}"`);
}, 60_000);
