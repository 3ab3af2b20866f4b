import { hours } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { openShop, startWorld } from './support/world.ts';

const paidOrder = async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  await shop.woo.shopper.pay(id);
  const scene = { ...world, ...shop };
  await payNewest(scene);
  await scene.bridge.work();
  const later = async (): Promise<readonly string[]> => {
    await scene.simulators.clock.advance(hours(1));
    await scene.bridge.work();
    const open = await scene.bridge.ports.ledger.transact((tx) =>
      tx.reviews.page(scene.store, { state: 'open', limit: 100 }),
    );
    return open.map(({ kind }) => kind);
  };
  return { ...scene, id, later, status: () => scene.woo.orders(id)?.status };
};

describe('a person changes an order whose payment the shop had acknowledged', () => {
  test('a cancelled one is shown and stays cancelled', async () => {
    const scene = await paidOrder();
    await scene.woo.merchant.cancel(scene.id);
    expect(await scene.later()).toEqual(['order_changed']);
    expect(scene.status()).toBe('cancelled');
    expect(scene.woo.events.paymentComplete(scene.id)).toBe(1);
  });

  test('one put back to pending (a shop restored from a backup) is shown, not paid again', async () => {
    const scene = await paidOrder();
    await scene.woo.merchant.setStatus(scene.id, 'pending');
    expect(await scene.later()).toEqual(['order_changed']);
    expect(scene.status()).toBe('pending');
  });

  test('a refunded one needs nobody', async () => {
    const scene = await paidOrder();
    await scene.woo.merchant.refund(scene.id, '49.90', { api: false });
    expect(await scene.later()).toEqual([]);
  });

  test('an untouched or completed one needs nobody', async () => {
    const scene = await paidOrder();
    await scene.woo.merchant.setStatus(scene.id, 'completed');
    expect(await scene.later()).toEqual([]);
    expect(scene.status()).toBe('completed');
  });
});
