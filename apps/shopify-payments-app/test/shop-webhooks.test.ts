import { hours } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { choose, giveToken, installShop, openAccount, startSession, startWorld } from './support/world.ts';

const statuses = ({ shopify }: Awaited<ReturnType<typeof startWorld>>) =>
  shopify.journal.flatMap((entry) => (entry.kind === 'webhook' ? [entry.status] : []));

test('an uninstall ends the app for the shop; 48 hours later its secrets are gone and its books are kept', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'crypto-pay');
  const { redirectUrl } = await startSession(installed);
  await choose(redirectUrl, account);
  const { shop, row } = installed;
  shop.merchant.uninstall();
  await world.shopify.runDue();
  const { shops, vault, sessions } = world.app();
  expect(await shops.byDomain(row.domain)).toMatchObject({ uninstalledAt: world.simulators.clock.now() });
  expect(await vault.storefrontCredentials(row.live)).toBeNull();
  await world.simulators.clock.advance(hours(48));
  await world.shopify.runDue();
  expect(await vault.account(account.id)).toMatchObject({ enabled: false, config: null });
  const [payment] = shop.payments();
  const [kept] = await sessions.ofGroup(row.test, payment?.group as never);
  expect(kept).toMatchObject({ id: payment?.id, cancelUrl: `https://${shop.domain}/` });
  expect(statuses(world)).toEqual([200, 200]);
});

test('an uninstall that comes after the next installation undoes nothing', async () => {
  const world = await startWorld();
  const { shop, row } = await installShop(world);
  world.shopify.faults.add({ kind: 'webhook-lost' });
  shop.merchant.uninstall();
  await world.shopify.runDue();
  await world.simulators.clock.advance(1_000);
  await world.app().shops.install(row.domain);
  await giveToken(world, shop, row);
  await world.simulators.clock.advance(hours(1));
  await world.shopify.runDue();
  expect(statuses(world)).toContain(200);
  expect((await world.app().shops.byDomain(row.domain))?.uninstalledAt).toBeNull();
});

test('the privacy webhooks are taken; without the right signature none is', async () => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  shop.merchant.requestCustomerData('buyer@example.com');
  await world.shopify.runDue();
  world.shopify.faults.add({ kind: 'webhook-wrong-hmac' });
  shop.merchant.redactCustomer('buyer@example.com');
  await world.shopify.runDue();
  expect(statuses(world)).toEqual([200, 401]);
  const url = `${world.app().publicUrl}/webhooks/shopify`;
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await fetch(url)).status).toBe(405);
});
