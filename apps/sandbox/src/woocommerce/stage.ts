import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GatewayId,
  type GatewaySimulators,
  gatewayIds,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { type StoreId, seconds } from '@gatewright/payment-core';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { type Bridge, readEnv, startBridge } from '@gatewright/woocommerce-bridge';
import { connectAccounts } from './accounts.ts';
import { type HostedShop, openHostedShop } from './hosted-shop.ts';

/** Everything the demo runs: simulated gateways, a simulated shop, and the real bridge on a real SQLite file between them. */
export interface Stage {
  readonly simulators: GatewaySimulators;
  readonly gateways: readonly GatewayId[];
  readonly shop: WooCommerceDouble;
  readonly bridge: Bridge;
  readonly store: StoreId;
  /** A shop without the plugin, in REST-only mode. */
  readonly hosted: HostedShop;
  /** The ledger's file. */
  readonly database: string;
  /** Lets virtual milliseconds pass, then runs worker, poller and the shop's own jobs once. */
  pass(ms: number): Promise<void>;
  /** The same minute by minute. */
  live(minutes: number): Promise<void>;
  stop(): Promise<void>;
}

/** The demo has no secrets worth keeping, but the bridge starts with no other key ring than a real one. */
const bridgeEnv = (database: string) => {
  const read = readEnv({
    DATABASE_URL: `sqlite:${database}`,
    GATEWRIGHT_KEYS: `sandbox:${randomBytes(32).toString('base64')}`,
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_RATES: JSON.stringify([
      { from: 'TON', to: 'USD', value: '2.50' },
      { from: 'USDT', to: 'USD', value: '1' },
    ]),
    PORT: '0',
    OPERATOR_PORT: '0',
    LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.findings.map((finding) => finding.cause).join(' '));
  return read.env;
};

/** Pairs the plugin with the bridge as an owner does: one code, pasted once; then the shop's REST keys. */
const connectShop = async (bridge: Bridge, shop: WooCommerceDouble): Promise<StoreId> => {
  const added = await bridge.vault.addStore({
    name: 'Demo shop',
    mode: 'test',
    platform: 'woocommerce',
    url: shop.url,
  });
  if (!added.ok) throw new Error(`store: ${added.reason}`);
  const store = added.store.id;
  const code = await bridge.vault.issueCode('pairing', store, seconds(600));
  const paired = await shop.pairBridge(`${bridge.publicUrl}#${code}`);
  if (!paired.ok) throw new Error(`pairing: ${JSON.stringify(paired)}`);
  const credentials = await bridge.vault.setStorefrontCredentials(store, shop.restKeys, { replace: false });
  if (!credentials.ok) throw new Error(`shop keys: ${credentials.reason}`);
  return store;
};

export const openStage = async (): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-demo-'));
  const database = join(folder, 'gatewright.db');
  // Ten seconds between two confirmations: a demo's shopper does not wait twenty minutes for nineteen of them.
  const simulators = await startGatewaySimulators({ seed: 2026, knobs: { confirmationMs: seconds(10) } });
  const { clock } = simulators;
  const shop = await startWooCommerce({ clock, seed: 2026 });
  const bridge = await startBridge({ env: bridgeEnv(database), clock, random: randomBytes });
  const store = await connectShop(bridge, shop);
  await connectAccounts(bridge, store, simulators, gatewayIds);
  const hosted = await openHostedShop(bridge, simulators, gatewayIds);
  const pass = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await bridge.work();
    await bridge.reconcile();
    await bridge.watch();
    for (const each of [shop, hosted.shop]) {
      await each.runCron();
      await each.holdStock();
    }
  };
  return {
    simulators,
    gateways: gatewayIds,
    shop,
    hosted,
    bridge,
    store,
    database,
    pass,
    live: async (minutes) => {
      for (let minute = 0; minute < minutes; minute += 1) await pass(seconds(60));
    },
    stop: async () => {
      await bridge.stop();
      await shop.close();
      await hosted.shop.close();
      await simulators.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
