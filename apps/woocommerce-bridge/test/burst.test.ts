import { expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf } from './support/crypto-pay.ts';
import { openShop, startWorld } from './support/world.ts';

const orders = async (count: number) => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  await openAccount(world, store, 'crypto-pay');
  const ids: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const { id } = await woo.shopper.placeOrder({ total: '49.90' });
    await woo.shopper.pay(id);
    ids.push(id);
  }
  const gateway = cryptoPayOf(world);
  return {
    world,
    store,
    payAll: () => Promise.all(gateway.payments().map(({ id }) => gateway.shopper.pay(id))),
    states: () => ids.map((id) => woo.orders(id)?.status),
  };
};

test('a single webhook is applied at once: nobody polls and the clock stands still', async () => {
  const { payAll, states } = await orders(1);
  await payAll();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['processing']);
});

test('of 24 orders paid in the same moment every one is applied: nobody polls and the clock stands still', async () => {
  const { world, store, payAll, states } = await orders(24);
  const sent = await payAll();
  expect(sent.filter(({ ok }) => !ok)).toEqual([]);
  await expect.poll(states, { timeout: 20_000 }).toEqual(Array(24).fill('processing'));
  const reviews = await world.bridge.ports.ledger.transact((tx) =>
    tx.reviews.page(store, { state: 'open', limit: 100 }),
  );
  expect(reviews).toEqual([]);
});
