import { minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf, payNewest } from './support/crypto-pay.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

const hoodie = 10;

interface Scene extends World, Shop {
  readonly orderId: number;
  readonly status: () => string | undefined;
  readonly reviews: () => Promise<string[]>;
  /** Before the order. */
  readonly stock: number;
}

const placed = async (): Promise<Scene> => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  const stock = shop.woo.stock(hoodie) ?? Number.NaN;
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  return {
    ...world,
    ...shop,
    orderId,
    stock,
    status: () => shop.woo.orders(orderId)?.status,
    reviews: async () => {
      const open = await world.bridge.ports.ledger.transact((tx) =>
        tx.reviews.page(shop.store, { state: 'open', limit: 100 }),
      );
      return open.map(({ kind }) => kind);
    },
  };
};

const started = async (): Promise<Scene> => {
  const scene = await placed();
  await scene.woo.shopper.pay(scene.orderId);
  return scene;
};

describe('an order paid with Crypto Pay', () => {
  test('goes from checkout over the redirect and the webhook to processing, once', async () => {
    const scene = await placed();
    const { redirectUrl, invoice } = await scene.woo.shopper.pay(scene.orderId);
    expect(redirectUrl).toMatch(/\/pay\/[\w-]{22}$/);
    expect(redirectUrl).not.toContain(invoice);
    const page = await fetch(redirectUrl);
    expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
    const payUrl = cryptoPayOf(scene).payments()[0]?.payUrl ?? '';
    expect(await page.text()).toContain(`href="${payUrl.replaceAll('&', '&amp;')}"`);

    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('processing');
    expect(scene.woo.claim(scene.orderId)).toMatchObject({ invoice });
    expect(scene.woo.stock(hoodie)).toBe(scene.stock - 1);
    expect(await scene.reviews()).toEqual([]);
    const over = await fetch(redirectUrl);
    expect(over.headers.get('refresh')).toMatch(
      new RegExp(`; url=${scene.woo.url}/checkout/order-received/`),
    );
    const text = await over.text();
    expect(text).toContain('Paid. Thank you!');
    expect(text).not.toContain(payUrl);
  });

  test('is fulfilled once however many webhooks come at the same moment', async () => {
    const scene = await started();
    cryptoPayOf(scene).faults.add({ kind: 'duplicate', copies: 9, concurrent: true });
    await payNewest(scene);
    await scene.bridge.work();
    expect(
      cryptoPayOf(scene)
        .deliveries()
        .map(({ status }) => status),
    ).toEqual(Array(10).fill(200));
    expect(scene.status()).toBe('processing');
    expect(scene.woo.stock(hoodie)).toBe(scene.stock - 1);
    expect(scene.woo.events.paymentComplete(scene.orderId)).toBe(1);
    expect(scene.woo.events.emails('New order', scene.orderId)).toBe(1);
    const key = orderKeySchema.parse(String(scene.orderId));
    const instructions = await scene.bridge.ports.ledger.transact((tx) =>
      tx.instructions.ofOrder(scene.store, key),
    );
    expect(instructions.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['settle done']);
  });

  test('whose webhook is lost is found by reconcile', async () => {
    const scene = await started();
    cryptoPayOf(scene).faults.add({ kind: 'drop', lost: true });
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('pending');
    await scene.simulators.clock.advance(minutes(1));
    expect(await scene.bridge.reconcile()).toMatchObject({ accounts: 1, read: 1, unavailable: 0 });
    expect(scene.status()).toBe('processing');
  });

  test('is settled later when the shop refuses our keys at first, and the owner is told why', async () => {
    const scene = await started();
    const { vault } = scene.bridge;
    const wrong = { ...scene.woo.restKeys, consumerSecret: `cs_${'0'.repeat(40)}` };
    await vault.setStorefrontCredentials(scene.store, wrong, { replace: true });
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('pending');
    const attention = await scene.woo.bridge()?.attention();
    expect(attention).toMatchObject({ ok: true, answer: { findings: [{ code: 'shop-unauthorized' }] } });

    await vault.setStorefrontCredentials(scene.store, scene.woo.restKeys, { replace: true });
    await scene.simulators.clock.advance(minutes(1));
    await scene.bridge.work();
    expect(scene.status()).toBe('processing');
    expect(await scene.woo.bridge()?.attention()).toMatchObject({
      ok: true,
      answer: { items: [], findings: [] },
    });
  });

  test('is told with the key the plugin still has while a new one was not taken over', async () => {
    const scene = await started();
    await scene.bridge.vault.setPluginKey(scene.store, { keyId: 'gwk_unseen', secret: 'never-arrived' });
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('processing');
  });

  test('is held, not booked, when its total was changed meanwhile; the owner is asked', async () => {
    const scene = await started();
    await scene.woo.merchant.editTotal(scene.orderId, '99.90');
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('on-hold');
    expect(scene.woo.claim(scene.orderId)).toBeUndefined();
    expect(await scene.reviews()).toEqual(['storefront_refused']);
  });

  test('that a person has cancelled stays cancelled; the money is reviewed', async () => {
    const scene = await started();
    // The plugin cannot tell the bridge, so the payment stays possible.
    scene.woo.connectBridge({ url: 'http://127.0.0.1:9', keyId: 'x', secret: 'x' });
    await scene.woo.merchant.cancel(scene.orderId);
    const key = await scene.bridge.vault.pluginKeysOf(scene.store);
    scene.woo.connectBridge({
      url: scene.bridge.publicUrl,
      keyId: key[0]?.keyId ?? '',
      secret: key[0]?.secret ?? '',
    });
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.status()).toBe('cancelled');
    expect(await scene.reviews()).toEqual(['storefront_refused']);
  });

  test('that nobody pays ends at its own deadline, after the invoice was read', async () => {
    const scene = await started();
    await scene.simulators.clock.advance(minutes(16));
    await scene.bridge.reconcile();
    expect(scene.status()).toBe('pending');
    await scene.simulators.clock.advance(minutes(50));
    await scene.bridge.work();
    expect(scene.status()).toBe('cancelled');
  });
});
