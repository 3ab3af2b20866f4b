import { setTimeout as wait } from 'node:timers/promises';
import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { gatewayById, seconds } from '@gatewright/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/cell.ts';
import { type MedusaShop, type OrderTiming, openMedusaShop } from '../../src/medusa/medusa-shop.ts';
import { openPlace, type Place } from '../../src/medusa/place.ts';
import { playAll, timeOf } from '../../src/medusa/play-all.ts';
import { type MedusaScene, medusaScene } from '../../src/medusa/scene.ts';
import { ordersOf } from '../../src/medusa/shop/orders.ts';
import { medusaStories } from '../../src/medusa/stories/medusa-stories.ts';
import { type MedusaStory, waysOf } from '../../src/medusa/stories/medusa-story.ts';
import { connect, hasOrder, untilPaid } from './booking.ts';

const timings = ['after_payment', 'before_payment'] as const;
const shops = new Map<OrderTiming, MedusaShop>();
let place: Place;

beforeAll(async () => {
  place = await openPlace((what) => console.info(what));
  for (const orderTiming of timings)
    shops.set(orderTiming, await openMedusaShop(place, { name: orderTiming, orderTiming }));
});

afterAll(async () => {
  for (const shop of shops.values()) await shop.stop();
  await place?.stop();
});

const shopOf = (timing: OrderTiming): MedusaShop => {
  const shop = shops.get(timing);
  if (!shop) throw new Error(`no shop ${timing}`);
  return shop;
};

/** A story of its own, while no other one is played. */
const sceneIn = (shop: MedusaShop, gateway: GatewayId): MedusaScene =>
  medusaScene(place, shop, gateway, timeOf(place, [shop]).takePart().pass);

const applies = (story: MedusaStory, gateway: GatewayId, timing: OrderTiming): boolean => {
  const found = gatewayById(gateway);
  return found !== undefined && story.expected(found.capabilities, waysOf(timing)).applies;
};

describe('every gateway and story', () => {
  let cells: readonly Cell[] = [];
  beforeAll(async () => {
    cells = await playAll(place, timings.map(shopOf), () => undefined);
  });

  describe.each(timings)('%s', (timing) => {
    describe.each(gatewayIds)('%s', (gateway) => {
      const stories = medusaStories.filter((story) => applies(story, gateway, timing));
      it.each(stories.map(({ name }) => name))('%s', (name) => {
        const mode = timing.replace('_', '-');
        const played = cells.find(
          (cell) => cell.mode === mode && cell.gateway === gateway && cell.story === name,
        );
        expect(played?.actual).toBe(played?.expected ?? 'played');
      });
    });
  });
});

/** Signs the whole body, so that nothing is read before the order is made. */
const signing: GatewayId = 'gatenoc';

describe('a server that is killed', () => {
  it('between the 2xx of a webhook and the order makes the order after its restart', async () => {
    const shop = shopOf('after_payment');
    const [server] = shop.processes;
    const scene = sceneIn(shop, signing);
    const purchase = await scene.checkout();
    const database = await connect(shop);
    // Nobody can make an order meanwhile; the plugin's own tables stay open.
    await database.query('begin');
    await database.query('lock table "order" in access exclusive mode');
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    const [delivery] = place.simulators.gateways[signing].deliveries().slice(-1);
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
  let pair: MedusaShop;
  beforeAll(async () => {
    pair = await openMedusaShop(place, { name: 'pair', orderTiming: 'after_payment', processes: 2 });
  });
  afterAll(() => pair?.stop());

  it('make one order and book one payment when webhook and shopper race', async () => {
    const scene = sceneIn(pair, signing);
    for (let round = 0; round < 6; round += 1) {
      const purchase = await scene.checkout();
      scene.simulator.faults.add({ kind: 'duplicate', copies: 2, concurrent: true, count: 1 });
      const returns = pair.processes.map(async ({ shopper }, late) => {
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

  it('one killed while it makes the order: the other makes it', async () => {
    const scene = sceneIn(pair, signing);
    const purchase = await scene.checkout();
    const database = await connect(pair);
    await database.query('begin');
    await database.query('lock table "order" in access exclusive mode');
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    await wait(seconds(1));
    const [first, second] = pair.processes;
    // Both may be at it, and both are killed with their locks in the database.
    await first?.kill();
    await second?.kill();
    await database.query('rollback');
    await second?.start();
    await first?.start();
    await scene.live(15);
    expect(await scene.outcome(purchase)).toBe('captured; page: paid');
    expect(await ordersOf(pair.merchant, purchase.cart)).toHaveLength(1);
  });
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('from the webhook to the paid order', () => {
  const raced: GatewayId = 'crypto-pay';

  it('our route is faster than the one that Medusa has', async () => {
    const shop = shopOf('after_payment');
    const { accountId } = shop.entries.find(({ id }) => id === raced) ?? {};
    if (accountId === undefined) throw new Error('no account');
    const scene = sceneIn(shop, raced);
    const database = await connect(shop);
    const simulator = place.simulators.gateways[raced];
    const ours: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const purchase = await scene.checkout();
      const paid = untilPaid(database, purchase.cart);
      await scene.act('pay', purchase);
      ours.push(await paid);
    }
    const own = `${shop.publicUrl}/gatewright/webhooks/pp_gatewright_${raced}`;
    const core: number[] = [];
    try {
      simulator.setWebhookUrl(accountId, `${shop.publicUrl}/sandbox/core-webhooks/gatewright_${raced}`);
      for (let round = 0; round < 5; round += 1) {
        const purchase = await scene.checkout();
        const paid = untilPaid(database, purchase.cart);
        await scene.act('pay', purchase);
        core.push(await paid);
      }
    } finally {
      simulator.setWebhookUrl(accountId, own);
    }
    const [our, cores] = [median(ours), median(core)];
    console.info(
      `Webhook to paid order, median: ${our.toFixed(0)} ms by the plugin's route (of ${ours.length}), ` +
        `${cores.toFixed(0)} ms by Medusa's own (of ${core.length}): ${(cores / our).toFixed(1)} times.`,
    );
    expect(our).toBeLessThan(cores);
  });
});
