import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { type AccountId, minutes, type StoreId, seconds } from '@gatewright/payment-core';
import { type OpenedSqlLedger, openLedger, parseKeyRing, type Vault } from '@gatewright/payment-ledger';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { type Balancer, openBalancer } from './front/balancer.ts';
import type { Call, Relayed } from './front/relay.ts';
import { openWayToShop, type WayToShop } from './front/way-to-shop.ts';
import { createJournal, type Journal } from './journal.ts';
import { type ChaosGateway, chaosGateways, type Plan } from './plan/plan.ts';
import { createClockFile } from './processes/clock-file.ts';
import { type Fleet, startFleet } from './processes/fleet.ts';
import { createKiller, type Killer } from './processes/killer.ts';
import { startPostgres } from './processes/postgres-process.ts';

export type Engine = 'sqlite' | 'postgres';

/** SQLite has one process; replicas need PostgreSQL. */
export const replicasOn = (engine: Engine): number => (engine === 'sqlite' ? 1 : 3);

/** Bugs on the way, planted to see that a run can fail. */
export interface Planted {
  readonly toBridge?: (call: Call) => Relayed | undefined;
  readonly toShop?: (call: Call) => Relayed | undefined;
}

type Opened = OpenedSqlLedger & { readonly vault: Vault };

/** Everything of one run: simulated gateways, a shop, the ways to it and to the bridges, and the bridges as processes. */
export interface Stage {
  readonly simulators: GatewaySimulators<ChaosGateway>;
  readonly shop: WooCommerceDouble;
  readonly store: StoreId;
  readonly accounts: Readonly<Record<ChaosGateway, AccountId>>;
  /** The ledger of the bridges, opened once more. */
  readonly opened: Opened;
  readonly balancer: Balancer;
  readonly wayToShop: WayToShop;
  readonly fleet: Fleet;
  readonly killer: Killer;
  readonly journal: Journal;
  /** Lines that bridges have logged as errors. */
  readonly errors: readonly string[];
  readonly startedAt: number;
  /** Lets time pass for everybody, `ms` of the simulators' clock. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly engine: Engine;
  readonly seed: number;
  readonly plan: Plan;
  readonly planted?: Planted;
}

const openShared = async (databaseUrl: string, now: () => number, keys: string): Promise<Opened> => {
  const ring = parseKeyRing(keys);
  if (!ring.ok) throw new Error(ring.message);
  const clock = { now };
  const opened = await openLedger(databaseUrl, {
    clock,
    random: randomBytes,
    keys: ring.ring,
    jobs: { supervise: false },
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

const connectShop = async (
  { vault }: Opened,
  shop: WooCommerceDouble,
  shopUrl: string,
  bridgeUrl: string,
): Promise<StoreId> => {
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url: shopUrl });
  if (!added.ok) throw new Error(added.reason);
  const { id } = added.store;
  await vault.setStorefrontCredentials(id, shop.restKeys, { replace: false });
  const code = await vault.issueCode('pairing', id, minutes(10));
  const paired = await shop.pairBridge(`${bridgeUrl}#${code}`);
  if (!paired.ok) throw new Error(`pairing: ${JSON.stringify(paired)}`);
  return id;
};

const connectAccount = async (
  { vault }: Opened,
  store: StoreId,
  gateway: ChaosGateway,
  simulators: GatewaySimulators<ChaosGateway>,
  bridgeUrl: string,
): Promise<AccountId> => {
  const simulator = simulators.gateways[gateway];
  const added = await vault.addAccount({ store, gateway, mode: 'test', config: simulator.config });
  if (!added.ok) throw new Error(added.reason);
  const { id } = added.account;
  const set = simulator.setWebhookUrl(simulator.accountId, `${bridgeUrl}/webhooks/${gateway}/${id}`);
  if (!set.ok && set.reason !== 'not-supported') throw new Error(set.reason);
  return id;
};

/** Closes what was opened, the last first. */
const createClosing = () => {
  const steps: (() => Promise<unknown>)[] = [];
  return {
    later: (step: () => Promise<unknown>): void => void steps.unshift(step),
    all: async (): Promise<void> => {
      for (const step of steps) await step();
    },
  };
};

const openDatabase = async (
  engine: Engine,
  folder: string,
  later: (step: () => Promise<unknown>) => void,
) => {
  if (engine === 'sqlite') return `sqlite:${join(folder, 'ledger.db')}`;
  const postgres = await startPostgres();
  later(postgres.stop);
  return postgres.url;
};

/** How much of it passes before the processes see it: less than any tolerance for clocks that differ. */
const clockStepMs = seconds(20);

export const openStage = async ({ engine, seed, plan, planted = {} }: StageOptions): Promise<Stage> => {
  const closing = createClosing();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'gatewright-chaos-'));
    closing.later(() => rm(folder, { recursive: true, force: true }));
    const databaseUrl = await openDatabase(engine, folder, closing.later);
    const clockFile = createClockFile(folder, Date.now);
    const simulators = await startGatewaySimulators({
      gateways: chaosGateways,
      seed,
      realTime: true,
      // A chain that is quick, or the last confirmation would come after everything else.
      knobs: { confirmationMs: seconds(10) },
    });
    closing.later(simulators.stop);
    const { clock } = simulators;
    const startedAt = clock.now();
    const journal = createJournal(clock.now);
    const errors: string[] = [];
    let fleet: Fleet | undefined;
    const killer = createKiller({
      kills: plan.kills,
      fleet: () => fleet,
      onKill: (replica, when) => journal.note(`bridge ${replica} is killed at ${when}`),
    });
    const wayToShop = await openWayToShop({
      faults: plan.shopFaults,
      progress: killer.progress,
      ...(planted.toShop ? { planted: planted.toShop } : {}),
    });
    closing.later(wayToShop.close);
    const shop = await startWooCommerce({ clock, seed, homeUrl: wayToShop.url });
    closing.later(shop.close);
    wayToShop.lead({ port: Number(new URL(shop.url).port) });
    const balancer = await openBalancer({
      upstreams: () => fleet?.upstreams() ?? [],
      progress: killer.progress,
      ...(planted.toBridge ? { planted: planted.toBridge } : {}),
    });
    closing.later(balancer.close);
    const keys = `chaos:${randomBytes(32).toString('base64')}`;
    fleet = await startFleet({
      replicas: replicasOn(engine),
      databaseUrl,
      publicUrl: balancer.url,
      keys,
      clockFile: clockFile.path,
      onError: (line) => void errors.push(line),
    });
    closing.later(fleet.stop);
    await fleet.allUp();
    const opened = await openShared(databaseUrl, clock.now, keys);
    closing.later(opened.close);
    const store = await connectShop(opened, shop, wayToShop.url, balancer.url);
    const accounts = new Map<ChaosGateway, AccountId>();
    for (const gateway of chaosGateways)
      accounts.set(gateway, await connectAccount(opened, store, gateway, simulators, balancer.url));
    return {
      simulators,
      shop,
      store,
      // The loop above has made one for each.
      accounts: Object.fromEntries(accounts) as Record<ChaosGateway, AccountId>,
      opened,
      balancer,
      wayToShop,
      fleet,
      killer,
      journal,
      errors,
      startedAt,
      pass: async (ms) => {
        for (let left = ms; left > 0; left -= clockStepMs) {
          await clock.advance(Math.min(left, clockStepMs));
          clockFile.set(clock.now());
        }
      },
      stop: closing.all,
    };
  } catch (error) {
    await closing.all();
    throw error;
  }
};
