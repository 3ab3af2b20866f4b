import { createHash } from 'node:crypto';
import { minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

const hashOf = (orderKey: string): string => createHash('sha256').update(orderKey).digest('hex');

interface Scene extends World, Shop {
  /** An order with a payment under way. */
  readonly order: () => Promise<{
    readonly id: number;
    readonly page: string;
    readonly invoice: string | null;
  }>;
  readonly status: (id: number) => string | undefined;
  readonly reviews: () => Promise<readonly (readonly [string, string | null])[]>;
}

const open = async (): Promise<Scene> => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  return {
    ...world,
    ...shop,
    order: async () => {
      const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
      const { redirectUrl: page, invoice } = await shop.woo.shopper.pay(id);
      return { id, page, invoice };
    },
    status: (id) => shop.woo.orders(id)?.status,
    reviews: async () => {
      const { ledger } = world.bridge.ports;
      const list = await ledger.transact((tx) => tx.reviews.page(shop.store, { state: 'open', limit: 100 }));
      return list.map(({ kind, orderKey }) => [kind, orderKey]);
    },
  };
};

describe('a shop whose database was restored gives the number of an order again', () => {
  test('the new order has a page and an invoice of its own, and is paid by its own money only', async () => {
    const scene = await open();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(before.id)).toBe('processing');
    restore();

    const after = await scene.order();
    expect(after.id).toBe(before.id);
    expect([after.page === before.page, after.invoice === before.invoice]).toEqual([false, false]);
    await scene.bridge.work();
    expect(scene.status(after.id)).toBe('pending');
    expect(await scene.reviews()).toEqual([['order_changed', String(before.id)]]);

    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(after.id)).toBe('processing');
    expect(scene.woo.claim(after.id)).toMatchObject({ invoice: after.invoice });
    expect((await scene.reviews()).length).toBe(1);
  });

  test('money for the lost order does not pay the one that has its number now: a person hears of it', async () => {
    const scene = await open();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    restore();
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90' });
    expect(id).toBe(before.id);

    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status(id)).toBe('pending');
    expect(scene.woo.claim(id)).toBeUndefined();
    expect(await scene.reviews()).toContainEqual(['storefront_refused', String(id)]);
  });

  test('what is asked about the new order is not answered with the lost one', async () => {
    const scene = await open();
    const restore = scene.woo.backUp();
    const before = await scene.order();
    await payNewest(scene);
    await scene.bridge.work();
    const oldHash = hashOf(scene.woo.orders(before.id)?.orderKey ?? '');
    restore();
    const { id, orderKey } = await scene.woo.shopper.placeOrder({ total: '49.90' });
    const client = scene.woo.bridge();
    expect(await client?.order(id, oldHash)).toMatchObject({ ok: true, answer: { paid: true } });
    const hash = hashOf(scene.woo.orders(id)?.orderKey ?? '');
    expect(hash).not.toBe(oldHash);
    expect(await client?.order(id, hash)).toMatchObject({ ok: false, problem: { code: 'order-unknown' } });
    expect(await client?.recheck(id, hash)).toMatchObject({ ok: false, problem: { code: 'order-unknown' } });
    expect(await client?.mayCancel(id, hash)).toMatchObject({ ok: true, answer: { may_cancel: 'yes' } });
    const refund = { refund_id: 99, amount: '49.90', reason: '' };
    expect(await client?.refund(id, refund, hash)).toMatchObject({ problem: { code: 'order-unknown' } });
    expect(orderKey).toMatch(/^wc_order_/);

    const { invoice } = await scene.woo.shopper.pay(id);
    expect(await client?.order(id, hash)).toMatchObject({
      ok: true,
      answer: { order: String(id), paid: false, invoice },
    });
    expect(await client?.order(id, oldHash)).toMatchObject({ answer: { order: String(id), paid: true } });
    expect(await client?.attention()).toMatchObject({
      answer: { items: expect.arrayContaining([expect.objectContaining({ order: String(id), lost: true })]) },
    });
  });

  test('the lost order ends without harm to the new one; later news of the number is about the new one', async () => {
    const scene = await open();
    const restore = scene.woo.backUp();
    const { id } = await scene.order();
    restore();
    await scene.order();
    await scene.bridge.work();
    const states = () =>
      scene.bridge.ports.ledger.transact(async (tx) => {
        const rows = [`${id}`, `${id}.2`].map((key) =>
          tx.orders.byKey(scene.store, orderKeySchema.parse(key)),
        );
        return (await Promise.all(rows)).map((row) => row?.state);
      });
    expect(await states()).toEqual(['ended', 'open']);
    await scene.woo.merchant.cancel(id);
    await scene.bridge.work();
    expect(await states()).toEqual(['ended', 'ended']);
  });
});

describe('who knows nothing of order keys', () => {
  test('a plugin that sends none is served as before', async () => {
    const scene = await open();
    const key = await keyOf(scene, scene.store);
    const { url } = scene.woo;
    const checkout = (more: Record<string, unknown>) =>
      callBridge(scene, key, 'POST', '/v1/checkouts', {
        order_id: 77,
        amount: '49.90',
        currency: 'USD',
        return_url: `${url}/thanks`,
        cancel_url: `${url}/cart`,
        ...more,
      });
    const first = await checkout({});
    expect(first.status).toBe(200);
    expect((await checkout({})).body).toEqual(first.body);
    // The first key that is heard of is taken for the order's own.
    expect((await checkout({ order_key: 'wc_order_a' })).body).toEqual(first.body);
    expect((await checkout({ order_key: 'wc_order_b' })).body).not.toEqual(first.body);
    expect((await callBridge(scene, key, 'GET', '/v1/orders/77')).status).toBe(200);
  });

  test.each(['x'.repeat(201), 5])('an order key that is none, %j, is malformed', async (order_key) => {
    const scene = await open();
    const key = await keyOf(scene, scene.store);
    const body = { order_id: 77, order_key, amount: '1', currency: 'USD', return_url: 'x', cancel_url: 'x' };
    const answer = await callBridge(scene, key, 'POST', '/v1/checkouts', body);
    expect(answer).toMatchObject({ status: 400, body: { fields: ['order_key'] } });
    const asked = await callBridge(scene, key, 'GET', `/v1/orders/77?order_key_hash=${'g'.repeat(64)}`);
    expect(asked).toMatchObject({ status: 400, body: { fields: ['order_key_hash'] } });
  });

  test('two checkouts with a new key at the same moment make one page', async () => {
    const scene = await open();
    const restore = scene.woo.backUp();
    const { id } = await scene.order();
    restore();
    await scene.simulators.clock.advance(minutes(1));
    await scene.woo.shopper.placeOrder({ total: '49.90' });
    const pages = await Promise.all([1, 2, 3].map(() => scene.woo.shopper.pay(id)));
    expect(new Set(pages.map(({ redirectUrl }) => redirectUrl)).size).toBe(1);
  });
});
