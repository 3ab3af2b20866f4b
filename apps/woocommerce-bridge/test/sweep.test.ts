import { minutes, orderKeySchema, seconds } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { linksIn, openHostedShop } from './support/hosted-shop.ts';
import { everything } from './support/ledger-file.ts';
import { openShop, startWorld, type World } from './support/world.ts';

const sweepRow = z.object({ next_sweep_at: z.number(), sweep_failures: z.number() });

const rowOf = (world: World) => {
  const { woocommerce_connections: [row] = [] } = everything(world);
  return sweepRow.parse(row);
};

describe('asking a shop in REST-only mode for its changed orders', () => {
  test('finds the order behind more than a thousand others that changed in the same minutes', async () => {
    const world = await startWorld();
    const shop = await openHostedShop(world, { methods: ['cod'] });
    const { woo } = shop;
    await world.simulators.clock.advance(minutes(6));
    await world.bridge.watch();
    for (let n = 0; n < 1_250; n += 1) {
      await woo.shopper.placeOrder({ total: '10.00', method: 'bacs' });
      if (n % 10 === 0) await world.simulators.clock.advance(seconds(1));
    }
    const { id } = await woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    await woo.merchant.editPaymentMethod(id, 'cod');
    await world.simulators.clock.advance(minutes(3));
    await world.bridge.watch();
    await world.bridge.work();
    expect(linksIn(shop, id)).toHaveLength(1);
  });

  test('waits longer for a shop that does not answer, and asks no shop before its turn', async () => {
    const world = await startWorld();
    const { woo } = await openHostedShop(world);
    woo.disturb('bad-gateway', { on: /\/orders$/ });
    const waits: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      await world.simulators.clock.advance(rowOf(world).next_sweep_at - world.simulators.clock.now());
      await world.bridge.watch();
      waits.push(Math.round((rowOf(world).next_sweep_at - world.simulators.clock.now()) / minutes(1)));
      expect(rowOf(world).sweep_failures).toBe(i + 1);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(9);
    expect(waits.at(-1)).toBeGreaterThan(26);
    expect(waits.at(-1)).toBeLessThanOrEqual(30);
    woo.calm();
    await world.simulators.clock.advance(minutes(31));
    await world.bridge.watch();
    expect(rowOf(world).sweep_failures).toBe(0);
  });

  test('goes on where it was when the shop failed in the middle, and misses nothing of that time', async () => {
    const world = await startWorld();
    const shop = await openHostedShop(world);
    shop.woo.disturb('no-answer');
    const { id } = await shop.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    for (let i = 0; i < 20; i += 1) {
      await world.simulators.clock.advance(minutes(20));
      await world.bridge.watch();
    }
    shop.woo.calm();
    for (let i = 0; i < 3; i += 1) {
      await world.simulators.clock.advance(minutes(31));
      await world.bridge.watch();
      await world.bridge.work();
    }
    expect(linksIn(shop, id)).toHaveLength(1);
  });
});

describe('asking a shop with the plugin for its changed orders', () => {
  const started = async () => {
    const world = await startWorld();
    const shop = await openShop(world);
    await openAccount(world, shop.store, 'crypto-pay');
    await world.bridge.watch();
    // The next look at the orders comes a few minutes after this one was placed.
    await world.simulators.clock.advance(minutes(53));
    const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
    await shop.woo.shopper.pay(id);
    const orderKey = orderKeySchema.parse(String(id));
    const invoices = async () => {
      const rows = await world.bridge.ports.ledger.transact((tx) =>
        tx.invoices.ofOrder(shop.store, orderKey),
      );
      return rows.map(({ status }) => status);
    };
    const reviews = async () => {
      const rows = await world.bridge.ports.ledger.transact((tx) =>
        tx.reviews.page(shop.store, { state: 'open', limit: 100 }),
      );
      return rows.map(({ kind }) => kind);
    };
    const refunds = async () => {
      const [row] = await world.bridge.ports.ledger.transact(async (tx) => {
        const [invoice] = await tx.invoices.ofOrder(shop.store, orderKey);
        return invoice ? tx.refunds.ofInvoice(invoice.id) : [];
      });
      return row?.orderAmount.amount;
    };
    const later = async (ms: number): Promise<void> => {
      await world.simulators.clock.advance(ms);
      await world.bridge.watch();
      await world.bridge.work();
    };
    /** Neither the plugin nor a webhook says what the owner does from now on. */
    const beSilent = () =>
      shop.woo.connectBridge({ url: 'http://127.0.0.1:9', keyId: 'gone', secret: 'gone' });
    return { world, ...shop, id, invoices, reviews, refunds, later, beSilent };
  };

  test('an order that was cancelled there without a word is cancelled at the gateway', async () => {
    const { woo, id, invoices, later, beSilent } = await started();
    beSilent();
    await woo.merchant.cancel(id);
    await later(minutes(8));
    expect(await invoices()).toEqual(['canceled']);
  });

  test('a refund that was made there without a word is recorded', async () => {
    const { world, woo, id, refunds, later, beSilent } = await started();
    await payNewest(world);
    await world.bridge.work();
    expect(woo.orders(id)?.status).toBe('processing');
    beSilent();
    await woo.merchant.refund(id, '10.00', { api: false });
    await later(minutes(8));
    expect(await refunds()).toBe('10.00');
  });

  test('an order that was paid and then cancelled there stands in front of a person', async () => {
    const { world, woo, id, reviews, later, beSilent } = await started();
    await payNewest(world);
    await world.bridge.work();
    beSilent();
    await woo.merchant.cancel(id);
    await later(minutes(8));
    expect(await reviews()).toEqual(['order_changed']);
  });

  test('orders that are none of ours are left alone', async () => {
    const { world, woo, later } = await started();
    await woo.shopper.placeOrder({ total: '10.00', method: 'bacs' });
    await later(minutes(8));
    const jobs = everything(world).jobs as { kind: string; body: string }[];
    expect(jobs.filter(({ kind }) => kind === 'follow-order')).toEqual([]);
  });
});
