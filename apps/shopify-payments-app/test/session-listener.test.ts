import { appendFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { installShop, startWorld } from './support/world.ts';

const pay = async (world: Awaited<ReturnType<typeof startWorld>>) => {
  const { shop } = await installShop(world);
  return () => shop.checkout({ amount: '10.00' }).pay();
};

const failed = { ok: false, reason: 'gateway-error' };

test('Shopify is let in by its certificate, and no one else is (rule 1)', async () => {
  const world = await startWorld({ trust: ({ clientCertificates }) => clientCertificates.root });
  const again = await pay(world);
  const { clientCertificates } = world.shopify;
  expect(await again()).toMatchObject({ ok: true });
  for (const presentation of [
    'none',
    'leaf-only',
    'self-signed',
    'other-authority',
    'expired',
    'not-yet-valid',
  ] as const) {
    clientCertificates.present(presentation);
    expect(await again(), presentation).toMatchObject(failed);
  }
  clientCertificates.present('chain');
  expect(await again()).toMatchObject({ ok: true });
});

test('an intermediate in the list does not make a leaf alone enough, and the log says so (rule 1)', async () => {
  const world = await startWorld({ trust: ({ clientCertificates }) => clientCertificates.trustBundle });
  const again = await pay(world);
  world.shopify.clientCertificates.present('leaf-only');
  expect(await again()).toMatchObject(failed);
  expect(world.log()).toContain('intermediates at SHOPIFY_CA are not believed');
  world.shopify.clientCertificates.present('chain');
  expect(await again()).toMatchObject({ ok: true });
});

test.each([
  ['and its intermediate in the list', 'trustBundle', { ok: true }],
  ['but not without its intermediate', 'root', failed],
] as const)('a leaf alone is let in where the operator says so %s', async (_how, trusted, expected) => {
  const world = await startWorld({
    trust: ({ clientCertificates }) => clientCertificates[trusted],
    env: { SESSION_ACCEPT_LEAF_ALONE: '1' },
  });
  const again = await pay(world);
  world.shopify.clientCertificates.present('leaf-only');
  expect(await again()).toMatchObject(expected);
  expect(world.log()).not.toContain('are not believed');
});

test('an intermediate without its root is no list to start with, and changes nothing later', async () => {
  const world = await startWorld();
  const again = await pay(world);
  const { root, trustBundle } = world.shopify.clientCertificates;
  await writeFile(world.caFile, trustBundle.replace(root, ''));
  expect(await world.app().reloadCertificates()).toMatchObject({ ok: false, reason: 'ca-no-root' });
  expect(await again()).toMatchObject({ ok: true });
  await expect(world.restart()).rejects.toMatchObject({
    code: 'ca-no-root',
    message: expect.stringContaining("Put Shopify's root beside it"),
  });
});

test('a new authority is believed as soon as its certificate lies there, without a restart', async () => {
  const world = await startWorld();
  const again = await pay(world);
  expect(await again()).toMatchObject({ ok: true });
  const bundle = await world.shopify.clientCertificates.rotate();
  expect(await again()).toMatchObject(failed);
  await appendFile(world.caFile, bundle);
  expect(await world.app().reloadCertificates()).toMatchObject({ ok: true });
  expect(await again()).toMatchObject({ ok: true });
});

test('a file that cannot be used changes nothing, and says why', async () => {
  const world = await startWorld();
  const again = await pay(world);
  await writeFile(world.caFile, '-----BEGIN CERTIFICATE-----\nhalf a file\n-----END CERTIFICATE-----\n');
  expect(await world.app().reloadCertificates()).toMatchObject({ ok: false, reason: 'ca-malformed' });
  await writeFile(world.caFile, '');
  expect(await world.app().reloadCertificates()).toMatchObject({ ok: false, reason: 'ca-empty' });
  expect(await again()).toMatchObject({ ok: true });
});

test('the session endpoints are not on the public listener, and nothing else is on theirs', async () => {
  const world = await startWorld();
  const { publicUrl } = world.app();
  for (const path of ['payment', 'refund', 'capture', 'void']) {
    const answer = await fetch(`${publicUrl}/sessions/${path}`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
  }
});

test('a proxy in front has to show its secret and what it saw', async () => {
  const secret = 'p'.repeat(40);
  const world = await startWorld({ env: { SESSION_BEHIND_PROXY: '1', SESSION_PROXY_SECRET: secret } });
  const url = `http://127.0.0.1:${world.app().sessionPort}/sessions/payment`;
  const post = async (headers: Record<string, string>) =>
    (await fetch(url, { method: 'POST', body: '{}', headers })).json();
  expect(await post({})).toEqual({ reason: 'not-from-the-proxy' });
  expect(await post({ 'x-gatewright-client-verify': 'SUCCESS' })).toEqual({ reason: 'not-from-the-proxy' });
  const proxied = { 'x-gatewright-proxy-secret': secret };
  expect(await post(proxied)).toEqual({ reason: 'client-certificate-missing' });
  expect(await post({ ...proxied, 'x-gatewright-client-verify': 'NONE' })).toEqual({
    reason: 'client-certificate-missing',
  });
  expect(await post({ ...proxied, 'x-gatewright-client-verify': 'SUCCESS' })).toEqual({
    reason: 'headers-missing',
  });
});
