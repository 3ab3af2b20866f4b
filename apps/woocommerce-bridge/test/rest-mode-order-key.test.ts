import { minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { payNewest } from './support/crypto-pay.ts';
import { choose, deliver, linksIn, openHostedShop } from './support/hosted-shop.ts';
import { startWorld } from './support/world.ts';

const opened = async () => {
  const world = await startWorld();
  const shop = await openHostedShop(world);
  const scene = { ...world, ...shop };
  return {
    ...scene,
    /** An order that waits for a bank transfer, whose webhook was delivered. */
    order: async () => {
      const { id } = await shop.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
      await deliver(world, shop);
      return id;
    },
    link: (id: number) => linksIn(shop, id).at(-1) ?? '',
    status: (id: number) => shop.woo.orders(id)?.status,
    states: (...keys: readonly string[]) =>
      world.bridge.ports.ledger.transact((tx) =>
        Promise.all(
          keys.map(async (key) => (await tx.orders.byKey(shop.store, orderKeySchema.parse(key)))?.state),
        ),
      ),
    reviews: async () => {
      const { ledger } = world.bridge.ports;
      const list = await ledger.transact((tx) => tx.reviews.page(shop.store, { state: 'open', limit: 100 }));
      return list.map(({ kind, orderKey }) => [kind, orderKey]);
    },
  };
};

describe('a shop without the plugin whose database was restored gives the number of an order again', () => {
  test('the new order gets a link of its own and is paid by its own money only', async () => {
    const scene = await opened();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    const oldLink = scene.link(before);
    await choose(scene, oldLink);
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(before)).toBe('processing');
    restore();

    const after = await scene.order();
    expect(after).toBe(before);
    await scene.bridge.work();
    expect(scene.link(after)).toMatch(/\/pay\//);
    expect(scene.link(after)).not.toBe(oldLink);
    expect(scene.status(after)).toBe('pending');
    expect(await scene.reviews()).toEqual([['order_changed', String(before)]]);

    await choose(scene, scene.link(after));
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(after)).toBe('processing');
    expect(scene.woo.events.emails('Customer note', after)).toBe(2);
    expect((await scene.reviews()).length).toBe(1);
  });

  test.each([
    ['by the same method', 'bacs'],
    ['by a method of somebody else', 'cheque'],
  ])('money for the lost order does not pay the one under its number, %s', async (_name, method) => {
    const scene = await opened();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    await choose(scene, scene.link(before));
    restore();
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method });
    expect(id).toBe(before);

    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(id)).toBe('pending');
    expect(scene.woo.orders(id)?.metaData).toEqual([]);
    expect(await scene.reviews()).toContainEqual(['storefront_refused', String(id)]);
  });

  test('a link nobody used is dead when its order is gone', async () => {
    const scene = await opened();
    const restore = scene.woo.backUp();
    const oldLink = scene.link(await scene.order());
    restore();
    const id = await scene.order();
    await scene.bridge.work();
    expect((await choose(scene, oldLink)).status).not.toBe(303);
    expect((await choose(scene, scene.link(id))).status).toBe(303);
    expect(await scene.states(`${id}`, `${id}.2`)).toEqual(['ended', 'open']);
  });

  test('the new order is found by asking the shop when its webhook never comes, once', async () => {
    const scene = await opened();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    restore();
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    expect(id).toBe(before);
    for (let round = 0; round < 3; round += 1) {
      await scene.simulators.clock.advance(minutes(6));
      await scene.bridge.watch();
      await scene.bridge.work();
    }
    expect(linksIn(scene, id)).toHaveLength(1);
    expect(await scene.states(`${id}`)).toEqual(['ended']);
  });
});
