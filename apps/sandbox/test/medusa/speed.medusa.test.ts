import type { GatewayId } from '@gatewright/gateway-simulator';
import { expect, it } from 'vitest';
import type { MedusaScene } from '../../src/medusa/scene.ts';
import { connect, untilPaid } from './booking.ts';
import { sceneIn, usePlace, useShop } from './open-shops.ts';

const gateway: GatewayId = 'crypto-pay';
const place = usePlace();
const shop = useShop(place, { name: 'speed', orderTiming: 'after_payment' });

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** From the shopper's payment, which sends the webhook at once, to the paid order in the database. */
const measure = async (scene: MedusaScene, times: number): Promise<readonly number[]> => {
  const database = await connect(shop());
  const measured: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const purchase = await scene.checkout();
    const paid = untilPaid(database, purchase.cart);
    expect(await scene.act('pay', purchase)).toEqual({ ok: true });
    measured.push(await paid);
  }
  return measured;
};

it("from the webhook to the paid order: the plugin's route, and Medusa's own with the same provider", async () => {
  const { publicUrl, entries } = shop();
  const accountId = entries.find(({ id }) => id === gateway)?.accountId ?? '';
  const scene = sceneIn(place(), shop(), gateway);
  const ours = await measure(scene, 9);
  const address = `${publicUrl}/sandbox/core-webhooks/gatewright_${gateway}`;
  expect(place().simulators.gateways[gateway].setWebhookUrl(accountId, address)).toEqual({ ok: true });
  const cores = await measure(scene, 5);
  const [our, core] = [median(ours), median(cores)];
  console.info(
    `Webhook to paid order, median: ${our.toFixed(0)} ms by the plugin's route (of ${ours.length}), ` +
      `${core.toFixed(0)} ms by Medusa's own (of ${cores.length}): ${(core / our).toFixed(1)} times.`,
  );
  expect(our).toBeLessThan(core);
});
