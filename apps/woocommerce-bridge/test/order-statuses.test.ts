import { defaultPolicy, hours, minutes, type OrderStatuses, type StoreId } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { choose, deliver, linksIn, openHostedShop } from './support/hosted-shop.ts';
import { openShop, startWorld, type World } from './support/world.ts';

/** The hoodie is shipped, the guide is virtual and downloadable: WooCommerce itself completes an order of it. */
const [hoodie, guide] = [10, 11];

const wish = ({ bridge }: World, store: StoreId, orderStatus: Partial<OrderStatuses>) =>
  bridge.vault.setPolicy(store, {
    ...defaultPolicy,
    orderStatus: { ...defaultPolicy.orderStatus, ...orderStatus },
  });

const inPlugin = async (orderStatus: Partial<OrderStatuses>, product = hoodie) => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  await wish(world, shop.store, orderStatus);
  const { id } = await shop.woo.shopper.placeOrder({ lines: [{ productId: product, quantity: 1 }] });
  await shop.woo.shopper.pay(id);
  return { ...world, ...shop, id, status: () => shop.woo.orders(id)?.status };
};

const inRestMode = async (orderStatus: Partial<OrderStatuses>, product = hoodie) => {
  const world = await startWorld();
  const shop = await openHostedShop(world);
  await wish(world, shop.store, orderStatus);
  const { id } = await shop.woo.shopper.placeOrder({
    lines: [{ productId: product, quantity: 1 }],
    method: 'bacs',
  });
  await shop.woo.merchant.setStatus(id, 'on-hold');
  await deliver(world, shop);
  const [link = ''] = linksIn(shop, id);
  await choose(shop, link);
  return { ...world, ...shop, id, status: () => shop.woo.orders(id)?.status };
};

describe.each([
  ['the plugin', inPlugin],
  ['REST-only mode', inRestMode],
] as const)("the owner's choice of statuses, through %s", (_name, open) => {
  test.each([
    ['automatic', hoodie, 'processing'],
    ['automatic', guide, 'completed'],
    ['completed', hoodie, 'completed'],
    ['processing', guide, 'processing'],
  ] as const)('paid: %s, product %i, is %s', async (paid, product, expected) => {
    const scene = await open({ paid }, product);
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe(expected);
    expect(scene.woo.orders(scene.id)?.datePaid).not.toBeNull();
    expect(scene.woo.events.paymentComplete(scene.id)).toBe(1);
  });

  test.each([
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    ['unchanged', open === inPlugin ? 'pending' : 'on-hold'],
  ] as const)('not paid in time: %s', async (unpaid, expected) => {
    const scene = await open({ unpaid });
    await scene.simulators.clock.advance(hours(80));
    for (let round = 0; round < 3; round += 1) await scene.bridge.reconcile();
    await scene.bridge.work();
    expect(scene.status()).toBe(expected);
  });
});

describe('the second write that REST-only mode needs for the status of a paid order', () => {
  const aPut = /^PUT .*\/orders\/\d+$/;

  test.each(['bad-gateway', 'no-answer', 'lost-answer'] as const)(
    'meets %s: it is asked for again, and the order is paid once',
    async (kind) => {
      const scene = await inRestMode({ paid: 'completed' });
      scene.woo.disturb(kind, { on: aPut, after: 1, requests: 1 });
      await payNewest(scene);
      await scene.bridge.work();
      expect(scene.status()).toBe(kind === 'lost-answer' ? 'completed' : 'processing');
      await scene.simulators.clock.advance(minutes(2));
      await scene.bridge.work();
      expect(scene.status()).toBe('completed');
      expect(scene.woo.events.paymentComplete(scene.id)).toBe(1);
    },
  );

  test('was made and its answer lost: what a person does since stays', async () => {
    const scene = await inRestMode({ paid: 'completed' });
    scene.woo.disturb('lost-answer', { on: aPut, after: 1, requests: 1 });
    await payNewest(scene);
    await scene.bridge.work();
    await scene.woo.merchant.setStatus(scene.id, 'processing');
    await scene.simulators.clock.advance(minutes(2));
    await scene.bridge.work();
    expect(scene.status()).toBe('processing');
  });
});
