import type { GatewayId } from '@gatewright/gateway-simulator';
import { openMedusaBase } from './base.ts';
import { openMedusaShop } from './medusa-shop.ts';
import { openPlace } from './place.ts';
import { timeOf } from './play-all.ts';
import { medusaScene } from './scene.ts';
import { connectTo } from './server/databases.ts';
import { providerOf } from './shop/accounts.ts';
import { untilPaid } from './shop/booking.ts';

const gateway: GatewayId = 'crypto-pay';

/** The plugin's route, or the one that every Medusa shop has, which asks the same provider. */
export type WebhookRoute = 'plugin' | 'core';

/** A Medusa shop whose gateway sends its webhooks now to this route, now to that one. */
export interface WebhookRace {
  /** Milliseconds from the shopper's payment, which sends the webhook at once, to the paid order in the database. */
  run(route: WebhookRoute): Promise<number>;
  stop(): Promise<void>;
}

type Stop = () => unknown;

/** @param tell called before each step that a person would wait for */
export const openWebhookRace = async (tell: (what: string) => void): Promise<WebhookRace> => {
  const opened: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (const each of opened.splice(0).reverse()) await each();
  };
  try {
    const { base, stop: stopBase } = await openMedusaBase(tell);
    opened.push(stopBase);
    const place = await openPlace(base);
    opened.push(place.stop);
    const shop = await openMedusaShop(place, { name: 'race', orderTiming: 'after_payment' });
    opened.push(shop.stop);
    const database = await connectTo(shop.databaseUrl);
    opened.push(() => database.end());
    const scene = medusaScene(place, shop, gateway, timeOf(place).takePart());
    const simulator = place.simulators.gateways[gateway];
    const accountId = shop.entries.find(({ id }) => id === gateway)?.accountId ?? '';
    const paths: Readonly<Record<WebhookRoute, string>> = {
      plugin: `/gatewright/webhooks/${providerOf(gateway)}`,
      core: `/sandbox/core-webhooks/gatewright_${gateway}`,
    };
    return {
      run: async (route) => {
        const set = simulator.setWebhookUrl(accountId, `${shop.publicUrl}${paths[route]}`);
        if (!set.ok) throw new Error(`webhook address of ${gateway}: ${set.reason}`);
        const purchase = await scene.checkout();
        const [ms, paid] = await Promise.all([
          untilPaid(database, purchase.cart),
          scene.act('pay', purchase),
        ]);
        if (!paid.ok) throw new Error(`the payment failed: ${paid.reason}`);
        return ms;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
