import { randomBytes } from 'node:crypto';
import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { type OpenedSqlLedger, openPostgresLedger } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { freePort } from '../chaos/processes/free-port.ts';
import type { Place } from './place.ts';
import { createDatabase } from './server/databases.ts';
import { createJsonClient, type JsonClient } from './server/json-client.ts';
import { type MedusaProcess, startMedusaProcess } from './server/medusa-process.ts';
import { openAccounts, type ProviderEntry } from './shop/accounts.ts';
import { openMerchant } from './shop/merchant.ts';
import { type Seeded, seedShop } from './shop/seed.ts';
import { openShopper, type Shopper } from './shop/shopper.ts';

export type OrderTiming = 'after_payment' | 'before_payment';

export interface ShopSettings {
  /** Lower-case letters and underscores: also the name of its database. */
  readonly name: string;
  readonly orderTiming: OrderTiming;
  /** Default 1; with more the shop locks in the database. */
  readonly processes?: number;
  /** The Medusa project that is started. Default: the demo's. */
  readonly folder?: string;
}

/** A running Medusa shop with an account at every simulated gateway. */
export interface MedusaShop {
  readonly orderTiming: OrderTiming;
  readonly gateways: readonly GatewayId[];
  readonly entries: readonly ProviderEntry[];
  /** Where gateways and shoppers reach it: its first process. */
  readonly publicUrl: string;
  readonly storefrontUrl: string;
  readonly databaseUrl: string;
  /** The first is the one behind `publicUrl`. */
  readonly processes: readonly ShopProcess[];
  readonly seeded: Seeded;
  readonly merchant: JsonClient;
  readonly shopper: Shopper;
  /** The plugin's ledger, opened a second time. */
  readonly opened: OpenedSqlLedger;
  /** Does at once what the plugin does in the background by and by. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

/** One of the shop's Medusa processes; it can be killed and started again on its port. */
export interface ShopProcess {
  readonly url: string;
  readonly shopper: Shopper;
  said(): string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

const movedClock = new URL('../chaos/processes/moved-clock.ts', import.meta.url);

const preloadOf = (place: Place): string => {
  const moved = new URL(movedClock);
  moved.searchParams.set('file', place.clockFile.path);
  return moved.href;
};

/** What an owner has set for a shop whose gateways are simulators. */
const rates = [
  { from: 'TON', to: 'USD', value: '2.50' },
  { from: 'USDT', to: 'USD', value: '1' },
];

const storefrontUrl = 'https://storefront.example';

const openLedger = async (place: Place, connection: string): Promise<OpenedSqlLedger> => {
  const { clock } = place.simulators;
  const opened = await openPostgresLedger({
    connection,
    schema: 'gatewright',
    clock,
    random: randomBytes,
    jobs: { supervise: false },
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

interface Running {
  readonly port: number;
  readonly url: string;
  process: MedusaProcess;
}

/** Copies the migrated database, starts Medusa on it and fills the shop through the admin API. */
export const openMedusaShop = async (place: Place, settings: ShopSettings): Promise<MedusaShop> => {
  const { name, orderTiming, processes: wanted = 1, folder } = settings;
  const databaseUrl = await createDatabase(place.base.postgresUrl, name, place.base.template);
  const ports: number[] = [];
  while (ports.length < wanted) ports.push(await freePort());
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const [publicUrl = ''] = urls;
  const gateways = gatewayIds;
  const entries = openAccounts(place.simulators, gateways, publicUrl);
  const env = {
    ...place.base.env,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    STOREFRONT_URLS: storefrontUrl,
    ORDER_TIMING: orderTiming,
    SHARED_LOCKING: wanted > 1 ? '1' : '0',
    GATEWRIGHT_PROVIDERS: JSON.stringify(entries.map(({ id, options }) => ({ id, options }))),
    GATEWRIGHT_RATES: JSON.stringify(rates),
  };
  const start = (port: number) => startMedusaProcess({ port, env, folder, preload: [preloadOf(place)] });
  const running: Running[] = [];
  let opened: OpenedSqlLedger | undefined;
  const stop = async (): Promise<void> => {
    await opened?.close();
    await Promise.all(running.map((each) => each.process.stop()));
  };
  try {
    // One after the other: the first makes the plugin's own tables.
    for (const port of ports)
      running.push({ port, url: `http://127.0.0.1:${port}`, process: await start(port) });
    opened = await openLedger(place, databaseUrl);
    const merchant = openMerchant(() => publicUrl, place.base.login);
    const seeded = await seedShop(
      merchant,
      gateways.map((gateway) => `pp_gatewright_${gateway}`),
    );
    const processes = running.map(
      (each): ShopProcess => ({
        url: each.url,
        shopper: openShopper(() => each.url, seeded),
        said: () => each.process.said(),
        kill: () => each.process.kill(),
        start: async () => {
          each.process = await start(each.port);
        },
      }),
    );
    const shopper = openShopper(() => publicUrl, seeded);
    const sandbox = createJsonClient(
      () => publicUrl,
      async () => ({}),
    );
    const work = async (): Promise<void> => {
      await sandbox.post('/sandbox/work', {}, z.unknown());
    };
    return {
      orderTiming,
      gateways,
      entries,
      publicUrl,
      storefrontUrl,
      databaseUrl,
      processes,
      seeded,
      merchant,
      shopper,
      opened,
      work,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
