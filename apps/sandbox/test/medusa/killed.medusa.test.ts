import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayId } from '@gatewright/gateway-simulator';
import { seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { hasOrder, hasPayment } from '../../src/medusa/shop/booking.ts';
import { ordersOf } from '../../src/medusa/shop/orders.ts';
import { connect, sceneIn, usePlace, useShop } from './open-shops.ts';

/** Signs the whole body, so that nothing is read before the order is made. */
const gateway: GatewayId = 'gatenoc';
const place = usePlace();

/** Nobody can make an order until `rollback`; the plugin's own tables stay open. */
const lockOrders = ['begin', 'lock table "order" in access exclusive mode'] as const;

describe('a server that is killed', () => {
  const shop = useShop(place, { name: 'killed', orderTiming: 'after_payment' });

  it('between the 2xx of a webhook and the order makes the order after its restart', async () => {
    const [server] = shop().processes;
    const scene = sceneIn(place(), shop(), gateway);
    const purchase = await scene.checkout();
    const database = await connect(shop());
    for (const statement of lockOrders) await database.query(statement);
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    const [delivery] = place().simulators.gateways[gateway].deliveries().slice(-1);
    expect(delivery?.status).toBe(200);
    await server?.kill();
    await database.query('rollback');
    expect(await hasOrder(database, purchase.cart)).toBe(false);
    await server?.start();
    await scene.live(5);
    expect(await scene.outcome(purchase)).toBe('captured; page: paid');
  });
});

describe('two servers on one database', () => {
  const pair = useShop(place, { name: 'pair', orderTiming: 'after_payment', processes: 2 });

  it('make one order and book one payment when webhook and shopper race', async () => {
    const scene = sceneIn(place(), pair(), gateway);
    for (let round = 0; round < 6; round += 1) {
      const purchase = await scene.checkout();
      scene.simulator.faults.add({ kind: 'duplicate', copies: 2, concurrent: true, count: 1 });
      const returns = pair().processes.map(async ({ shopper }, late) => {
        // The webhook is on its way at one server while the shopper asks each of them.
        await wait(20 * (round + late));
        return shopper.complete(purchase.cart).catch(() => undefined);
      });
      expect(await scene.act('pay', purchase)).toEqual({ ok: true });
      await Promise.all(returns);
      await scene.live(5);
      expect(await scene.outcome(purchase)).toBe('captured; page: paid');
    }
  });

  it('book nothing on an order that one of them is still making', async () => {
    const scene = sceneIn(place(), pair(), gateway);
    const purchase = await scene.checkout();
    const database = await connect(pair());
    // The order is there before Medusa writes that the cart is completed.
    for (const statement of ['begin', 'lock table cart in share mode']) await database.query(statement);
    const completing = pair().processes[1]?.shopper.complete(purchase.cart);
    while (!(await hasOrder(database, purchase.cart))) await wait(20);
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    // The turn of a server that hangs ends, and the other one has the cart, three times.
    for (let told = 0; told < 3; told += 1) {
      await scene.live(1);
      expect(await hasPayment(database, purchase.cart)).toBe(false);
    }
    await database.query('rollback');
    await completing;
    await scene.live(5);
    expect(await scene.outcome(purchase)).toBe('captured; page: paid');
    expect(await ordersOf(pair().merchant, purchase.cart)).toHaveLength(1);
  });

  it('both killed while they make an order: it is made once when they are back', async () => {
    const scene = sceneIn(place(), pair(), gateway);
    const purchase = await scene.checkout();
    const database = await connect(pair());
    for (const statement of lockOrders) await database.query(statement);
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    await wait(seconds(1));
    // Their locks stay in the database.
    for (const server of pair().processes) await server.kill();
    await database.query('rollback');
    expect(await hasOrder(database, purchase.cart)).toBe(false);
    for (const server of pair().processes) await server.start();
    await scene.live(15);
    expect(await scene.outcome(purchase)).toBe('captured; page: paid');
    expect(await ordersOf(pair().merchant, purchase.cart)).toHaveLength(1);
  });
});
