import { hours, minutes, orderKeySchema } from '@gatewright/payment-core';
import { expect, inject, test } from 'vitest';
import { createOrderTurns } from '../src/rest-mode/order-turns.ts';
import { createConnections } from '../src/storefront/connections.ts';
import { browser } from './support/browser.ts';
import { payNewest } from './support/crypto-pay.ts';
import { choose, deliver, linksIn, openHostedShop } from './support/hosted-shop.ts';
import { tokenOf } from './support/operator-call.ts';
import { openShared } from './support/replica-shop.ts';
import { countedBytes, startWorld } from './support/world.ts';

const databaseUrl = inject('postgresDatabases').shops;

test('a hosted shop on PostgreSQL: watched, connected, offered a link, swept, paid once', async () => {
  const world = await startWorld({ env: { DATABASE_URL: databaseUrl } });
  const shop = await openHostedShop(world);
  const owner = browser(world.bridge.publicUrl);
  const token = await tokenOf(world, shop.store);
  expect((await owner.post('/connect', { store: shop.woo.url, token })).status).toBe(303);
  const sent = await owner.submit('/connect', '/connect/authorize');
  const granted = await shop.woo.merchant.approve(sent.location);
  if (!granted.ok) throw new Error(granted.error);
  await owner.get(granted.redirect);
  expect((await owner.get('/connect')).text).toContain('of order.created registered');

  await shop.woo.shopper.placeOrder({ total: '10.00', method: 'bacs' });
  await deliver(world, shop);
  const { id } = await shop.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
  await world.simulators.clock.advance(minutes(6));
  await world.bridge.watch();
  await world.bridge.work();
  const [link = ''] = linksIn(shop, id);
  expect((await choose(shop, link)).status).toBe(303);
  await payNewest(world);
  await world.bridge.work();
  expect(shop.woo.orders(id)?.status).toBe('processing');
  expect(shop.woo.events.paymentComplete(id)).toBe(1);

  shop.woo.disturb('html-with-200');
  await world.simulators.clock.advance(hours(7));
  await world.bridge.watch();
  await owner.post('/connect', { store: shop.woo.url, token });
  expect((await owner.get('/connect')).text).toContain('shop-not-json');
});

test('one writer per order at a time over two processes, and a dead one gives it back', async () => {
  const [a, b] = [await openShared(databaseUrl), await openShared(databaseUrl)];
  let now = Date.now();
  const clock = { now: () => now };
  const world = await startWorld({ env: { DATABASE_URL: databaseUrl } });
  const { store } = await openHostedShop(world);
  const order = orderKeySchema.parse('4711');
  // Both stand still: nobody renews anything.
  const sleep = (): Promise<void> => new Promise(() => undefined);
  const [first, second] = [a, b].map(({ ledger }, at) =>
    createOrderTurns({ ledger, clock, random: countedBytes(`turns ${at}`), sleep }),
  );
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = (): void => undefined;
  const inside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const working = first?.inTurn(store, order, async () => {
    entered();
    await held;
    return 'first';
  });
  await inside;
  expect(await second?.inTurn(store, order, async () => 'second')).toBeUndefined();
  now += minutes(4);
  expect(await second?.inTurn(store, order, async () => 'second')).toBe('second');
  release();
  expect(await working).toBe('first');
  expect(await first?.inTurn(store, order, async () => 'again')).toBe('again');
  await a.close();
  await b.close();
});

test('a shop that is broken is asked by one of two processes at a time', async () => {
  const [a, b] = [await openShared(databaseUrl), await openShared(databaseUrl)];
  let now = Date.now();
  const clock = { now: () => now };
  const world = await startWorld({ env: { DATABASE_URL: databaseUrl } });
  const { store } = await openHostedShop(world);
  const [one, other] = [a, b].map(({ ledger: kept, vault }) =>
    createConnections({ kept, vault, clock, random: countedBytes('connections') }),
  );
  for (let i = 0; i < 3; i += 1) await one?.failed(store, 'shop-timeout');
  expect((await other?.admit(store))?.kind).toBe('held-back');
  now += minutes(1);
  const admissions = await Promise.all([one?.admit(store), other?.admit(store), one?.admit(store)]);
  expect(admissions.filter((admission) => admission?.kind === 'admitted')).toHaveLength(1);
  await other?.worked(store);
  expect((await one?.admit(store))?.kind).toBe('admitted');
  await a.close();
  await b.close();
});
