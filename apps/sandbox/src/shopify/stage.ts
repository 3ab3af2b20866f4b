import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { type StoreId, seconds } from '@gatewright/payment-core';
import type { App } from '@gatewright/shopify-payments-app';
import { type Browser, type Shop, type ShopifyDouble, startShopify } from '@gatewright/storefront-simulator';
import { openApp } from './open-app.ts';
import { openShop } from './open-shop.ts';
import { type Operator, openOperator } from './operator.ts';

/** Everything the demo runs: simulated gateways, a simulated Shopify with a shop, and the real app between them. */
export interface Stage {
  readonly simulators: GatewaySimulators;
  readonly shopify: ShopifyDouble;
  readonly shop: Shop;
  readonly app: App;
  /** The client id under which Shopify knows the app. */
  readonly apiKey: string;
  /** Where the shop's test payments are. */
  readonly store: StoreId;
  /** The browser of the shop's owner, signed in at the app. */
  readonly merchant: Browser;
  /** A person on the operator's port. */
  readonly operator: Operator;
  /** The ledger's file. */
  readonly database: string;
  /** What the passing of time makes due, in the app and at Shopify. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

export const openStage = async (): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-shopify-demo-'));
  // Ten seconds between two confirmations: a demo's buyer does not wait twenty minutes for nineteen of them.
  const simulators = await startGatewaySimulators({ seed: 2026, knobs: { confirmationMs: seconds(10) } });
  const { clock } = simulators;
  const shopify = await startShopify({ clock, seed: 2026, loopbackHttp: true });
  const { app, apiKey, database } = await openApp(folder, clock, shopify);
  const stop = async (): Promise<void> => {
    await app.stop();
    await shopify.close();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { shop, store, merchant } = await openShop(shopify, app, simulators);
    const operator = await openOperator(app, store);
    const work = async (): Promise<void> => {
      await app.work();
      await app.reconcile();
      await shopify.runDue();
    };
    return { simulators, shopify, shop, app, apiKey, store, merchant, operator, database, work, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
