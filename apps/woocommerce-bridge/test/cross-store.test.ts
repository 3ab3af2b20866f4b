import { createHmac } from 'node:crypto';
import type { Account } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { cryptoPaySignature, openAccount, paidUpdate } from './support/accounts.ts';
import { rowsNaming } from './support/ledger-file.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { rawPost, sendRaw } from './support/raw-http.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

interface Side extends Shop {
  readonly account: Account;
  readonly orderId: number;
  readonly invoice: string;
  readonly paymentId: string;
  readonly reference: string;
}

interface Scene extends World {
  readonly a: Side;
  readonly b: Side;
}

/** Two shops on one bridge, each with an account and an open invoice; both orders have the same number. */
const twoShops = async (): Promise<Scene> => {
  const world = await startWorld();
  const cryptoPay = world.simulators.gateways['crypto-pay'];
  const side = async (name: string, seed: number): Promise<Side> => {
    const shop = await openShop(world, { name, seed });
    const account = await openAccount(world, shop.store, 'crypto-pay');
    const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
    const { invoice } = await shop.woo.shopper.pay(orderId);
    const payment = cryptoPay.payments().at(-1);
    if (invoice === null) throw new Error('nothing was started');
    return {
      ...shop,
      account,
      orderId,
      invoice,
      paymentId: payment?.id ?? '',
      reference: payment?.reference ?? '',
    };
  };
  return { ...world, a: await side('A', 1), b: await side('B', 2) };
};

/** What the ledger knows of one shop. */
const rowsOf = (world: World, { store, account, invoice }: Side) =>
  rowsNaming(world, [store, account.id, invoice]);

const expectNothingHappensToB = async (scene: Scene, attack: () => Promise<unknown>): Promise<void> => {
  const before = rowsOf(scene, scene.b);
  await attack();
  await scene.bridge.work();
  expect(rowsOf(scene, scene.b)).toEqual(before);
  expect(scene.b.woo.orders(scene.b.orderId)?.status).toBe('pending');
  expect(scene.b.woo.claim(scene.b.orderId)).toBeUndefined();
};

const webhook = async (scene: Scene, to: Account, signedBy: Account, body: string): Promise<number> => {
  const headers = [['crypto-pay-api-signature', cryptoPaySignature(signedBy, body)]] as const;
  const request = rawPost(`/webhooks/crypto-pay/${to.id}`, headers, body);
  return (await sendRaw(scene.bridge.publicUrl, request)).status;
};

describe("store A's secrets over store B's ids and references (invariant 6)", () => {
  test("a gateway webhook signed by A naming B's payment changes nothing of B, at either address", async () => {
    const scene = await twoShops();
    const { a, b } = scene;
    expect([a.orderId, a.reference === b.reference]).toEqual([b.orderId, false]);
    const stolen = paidUpdate(b.paymentId, b.reference);
    await expectNothingHappensToB(scene, async () => {
      expect(await webhook(scene, a.account, a.account, stolen)).toBe(200);
      expect(await webhook(scene, b.account, a.account, stolen)).toBe(401);
      expect(await webhook(scene, a.account, b.account, stolen)).toBe(401);
    });
    // It was genuine for A, and A has no such payment: a person of A is told, nobody else.
    const reviews = (store: Side) =>
      scene.bridge.ports.ledger.transact((tx) => tx.reviews.page(store.store, { state: 'open', limit: 100 }));
    expect((await reviews(a)).map(({ kind }) => kind)).toEqual(['unmatched']);
    expect(await reviews(b)).toEqual([]);
    expect(a.woo.orders(a.orderId)?.status).toBe('pending');
  });

  test("A's ids with B's reference, and the reverse, settle neither", async () => {
    const scene = await twoShops();
    const { a, b } = scene;
    await expectNothingHappensToB(scene, async () => {
      expect(await webhook(scene, a.account, a.account, paidUpdate(b.paymentId, a.reference))).toBe(200);
      expect(await webhook(scene, a.account, a.account, paidUpdate('4711', b.reference))).toBe(200);
    });
    expect(a.woo.orders(a.orderId)?.status).toBe('pending');
  });

  test("A's plugin sees and moves A's order only, though both have the same number", async () => {
    const scene = await twoShops();
    const { a, b } = scene;
    const key = await keyOf(scene, a.store);
    await expectNothingHappensToB(scene, async () => {
      const shown = await callBridge(scene, key, 'GET', `/v1/orders/${b.orderId}`);
      expect(JSON.stringify(shown.body)).not.toContain(b.reference);
      const checkout = {
        order_id: 4711,
        amount: '1.00',
        currency: 'USD',
        gateway: b.account.id,
        return_url: `${a.woo.url}/`,
        cancel_url: `${a.woo.url}/`,
      };
      expect(await callBridge(scene, key, 'POST', '/v1/checkouts', checkout)).toMatchObject({
        status: 422,
        body: { code: 'gateway-unknown' },
      });
      for (const path of ['recheck', 'cancel'])
        expect((await callBridge(scene, key, 'POST', `/v1/orders/${b.orderId}/${path}`, {})).status).toBe(
          200,
        );
      expect((await callBridge(scene, key, 'GET', '/v1/attention')).body).toEqual({
        items: [],
        total: 0,
        more: 0,
        findings: [],
      });
    });
  });

  test("A's webhook secret opens nothing at B's address", async () => {
    const scene = await twoShops();
    const { a, b } = scene;
    const body = `{"id":${b.orderId},"status":"cancelled"}`;
    const signature = createHmac('sha256', a.webhookSecret).update(body).digest('base64');
    await expectNothingHappensToB(scene, async () => {
      const request = rawPost(`/woocommerce/${b.store}`, [['x-wc-webhook-signature', signature]], body);
      expect((await sendRaw(scene.bridge.publicUrl, request)).status).toBe(401);
    });
  });

  test('an account stands under its own gateway only', async () => {
    const scene = await twoShops();
    await expectNothingHappensToB(scene, async () => {
      const body = paidUpdate(scene.b.paymentId, scene.b.reference);
      const headers = [['crypto-pay-api-signature', cryptoPaySignature(scene.b.account, body)]] as const;
      const request = rawPost(`/webhooks/gatenoc/${scene.b.account.id}`, headers, body);
      expect((await sendRaw(scene.bridge.publicUrl, request)).status).toBe(404);
    });
  });
});
