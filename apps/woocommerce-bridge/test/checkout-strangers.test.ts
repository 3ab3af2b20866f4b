import { seconds } from '@gatewright/payment-core';
import { wireHeaders } from '@gatewright/storefront-simulator';
import { expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf } from './support/crypto-pay.ts';
import { everything } from './support/ledger-file.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, startWorld } from './support/world.ts';

const target = '/v1/checkouts';

const opened = async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  const key = await keyOf(world, shop.store);
  const checkout = {
    order_id: 14,
    order_key: 'wc_order_a',
    amount: '49.90',
    currency: 'USD',
    return_url: `${shop.woo.url}/thanks`,
    cancel_url: `${shop.woo.url}/cart`,
  };
  const held = () => ({ ledger: everything(world), payments: cryptoPayOf(world).payments().length });
  return { ...world, ...shop, key, checkout, held };
};

test('a checkout that is unsigned, signed wrongly or too old is 401, and nothing is created', async () => {
  const scene = await opened();
  const { key, checkout, held } = scene;
  const before = held();
  const unsigned = await fetch(`${scene.bridge.publicUrl}${target}`, {
    method: 'POST',
    body: JSON.stringify(checkout),
  });
  const at = scene.simulators.clock.now() - seconds(301);
  const answers = [
    unsigned,
    await callBridge(scene, { ...key, secret: `${key.secret}x` }, 'POST', target, checkout),
    await callBridge(scene, { ...key, id: 'nobody' }, 'POST', target, checkout),
    await callBridge(scene, key, 'POST', target, checkout, { at }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(held()).toEqual(before);
});

test('one that was overheard, or sent with another body, is 401 and creates nothing more', async () => {
  const scene = await opened();
  const { key, checkout, held } = scene;
  const body = Buffer.from(JSON.stringify(checkout));
  const timestamp = String(Math.floor(scene.simulators.clock.now() / 1_000));
  const headers = wireHeaders(key, {
    timestamp,
    nonce: 'AAcOFRwjKjE4P0ZNVFtiaQ',
    method: 'POST',
    target,
    body,
  });
  const send = async (bytes: Buffer) =>
    (await fetch(`${scene.bridge.publicUrl}${target}`, { method: 'POST', headers, body: bytes })).status;
  expect(await send(Buffer.from(JSON.stringify({ ...checkout, amount: '0.01' })))).toBe(401);
  expect(await send(body)).toBe(200);
  const once = held();
  expect(once.payments).toBe(1);
  expect(await send(body)).toBe(401);
  expect(held()).toEqual(once);
});

test("another store's key starts nothing for this shop's order, whatever it names", async () => {
  const scene = await opened();
  const other = await openShop(scene, { name: 'Other', seed: 2 });
  const foreign = await keyOf(scene, other.store);
  const before = scene.held();
  // Known by its key, so it is signed; what it asks for is not its own.
  expect(await callBridge(scene, foreign, 'POST', target, scene.checkout)).toMatchObject({
    status: 422,
    body: { code: 'url-not-of-this-store' },
  });
  const mixed = { ...scene.key, secret: foreign.secret };
  expect((await callBridge(scene, mixed, 'POST', target, scene.checkout)).status).toBe(401);
  expect(scene.held()).toEqual(before);
});
