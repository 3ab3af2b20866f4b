import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { type StoreId, seconds } from '@gatewright/payment-core';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { type Accounts, connectAccounts, connectShop, type Opened, openShared } from './connect.ts';
import { type Balancer, openBalancer } from './front/balancer.ts';
import type { Call, Relayed } from './front/relay.ts';
import { openWayToShop, type WayToShop } from './front/way-to-shop.ts';
import { createJournal, type Journal } from './journal.ts';
import { type ChaosGateway, chaosGateways, type Plan } from './plan/plan.ts';
import { type ClockFile, createClockFile } from './processes/clock-file.ts';
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

/** One webhook that a bridge has answered with 2xx, and when. */
interface HeardNews {
  readonly target: string;
  readonly text: string;
  readonly at: number;
}

/** Everything of one run: simulated gateways, a shop, the ways to it and to the bridges, and the bridges as processes. */
export interface Stage {
  readonly simulators: GatewaySimulators<ChaosGateway>;
  readonly shop: WooCommerceDouble;
  readonly store: StoreId;
  readonly accounts: Accounts;
  readonly opened: Opened;
  readonly balancer: Balancer;
  readonly wayToShop: WayToShop;
  readonly fleet: Fleet;
  readonly killer: Killer;
  readonly journal: Journal;
  /** The webhooks that a bridge has acknowledged, in the order of their answers. */
  readonly heard: readonly HeardNews[];
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

type Later = (step: () => Promise<unknown>) => void;

const openDatabase = async (engine: Engine, folder: string, later: Later): Promise<string> => {
  if (engine === 'sqlite') return `sqlite:${join(folder, 'ledger.db')}`;
  const postgres = await startPostgres();
  later(postgres.stop);
  return postgres.url;
};

/** A chain that is quick, or the last confirmation would come after everything else. */
const confirmationMs = seconds(10);

const openSurroundings = async (engine: Engine, seed: number, later: Later) => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-chaos-'));
  later(() => rm(folder, { recursive: true, force: true }));
  const databaseUrl = await openDatabase(engine, folder, later);
  const knobs = { confirmationMs };
  const simulators = await startGatewaySimulators({ gateways: chaosGateways, seed, realTime: true, knobs });
  later(simulators.stop);
  return { databaseUrl, simulators, clockFile: createClockFile(folder, Date.now) };
};

/** How much passes before the processes see it: less than any tolerance for clocks that differ. */
const clockStepMs = seconds(20);

const passing =
  (simulators: GatewaySimulators<ChaosGateway>, clockFile: ClockFile) =>
  async (ms: number): Promise<void> => {
    const { clock } = simulators;
    for (let left = ms; left > 0; left -= clockStepMs) {
      await clock.advance(Math.min(left, clockStepMs));
      clockFile.set(clock.now());
    }
  };

const open = async ({ engine, seed, plan, planted = {} }: StageOptions, later: Later) => {
  const { databaseUrl, simulators, clockFile } = await openSurroundings(engine, seed, later);
  const { clock } = simulators;
  const journal = createJournal(clock.now);
  const errors: string[] = [];
  let started: Fleet | undefined;
  const killer = createKiller({
    kills: plan.kills,
    fleet: () => started,
    onKill: (replica, when) => journal.note(`bridge ${replica} is killed at ${when}`),
  });
  const { progress } = killer;
  const wayToShop = await openWayToShop({ faults: plan.shopFaults, progress, planted: planted.toShop });
  later(wayToShop.close);
  const shop = await startWooCommerce({ clock, seed, homeUrl: wayToShop.url });
  later(shop.close);
  wayToShop.lead({ port: Number(new URL(shop.url).port) });
  const upstreams = () => started?.upstreams() ?? [];
  const heard: HeardNews[] = [];
  const onAcknowledged = ({ target, body }: Call): void =>
    void heard.push({ target, text: body.toString(), at: clock.now() });
  const balancer = await openBalancer({ upstreams, progress, onAcknowledged, planted: planted.toBridge });
  later(balancer.close);
  const keys = `chaos:${randomBytes(32).toString('base64')}`;
  const fleet = await startFleet({
    replicas: replicasOn(engine),
    databaseUrl,
    publicUrl: balancer.url,
    keys,
    clockFile: clockFile.path,
    onError: (line) => void errors.push(line),
  });
  later(fleet.stop);
  started = fleet;
  await fleet.allUp();
  const opened = await openShared(databaseUrl, clock, keys);
  later(opened.close);
  const store = await connectShop(opened, shop, wayToShop.url, balancer.url);
  const accounts = await connectAccounts(opened, store, simulators, balancer.url);
  const pass = passing(simulators, clockFile);
  const parts = { simulators, shop, store, accounts, opened, balancer, wayToShop, fleet, killer, journal };
  return { ...parts, heard, errors, startedAt: clock.now(), pass };
};

/** Starts it all; `stop` ends it, the last first. @throws Error when a part does not start, with the others ended */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  const steps: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of steps.splice(0)) await step();
  };
  try {
    return { ...(await open(options, (step) => void steps.unshift(step))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
