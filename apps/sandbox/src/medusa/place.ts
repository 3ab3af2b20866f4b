import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { seconds } from '@gatewright/payment-core';
import { type ClockFile, createClockFile } from '../chaos/processes/clock-file.ts';
import { type Databases, startDatabases } from './server/databases.ts';
import { runMedusa } from './server/medusa-command.ts';
import type { MerchantLogin } from './shop/merchant.ts';

/** What all shops of a run share: gateways, a PostgreSQL with a migrated database to copy, and time. */
export interface Place {
  readonly simulators: GatewaySimulators;
  readonly databases: Databases;
  /** Moves the clocks of the Medusa processes. */
  readonly clockFile: ClockFile;
  readonly login: MerchantLogin;
  /** Environment of every Medusa process. */
  readonly env: Readonly<Record<string, string>>;
  /** Name of a database with Medusa's tables and the admin user. */
  readonly template: string;
  /** Lets time pass for gateways and processes. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const login: MerchantLogin = { email: 'owner@shop.example', password: 'an owner of the sandbox' };
const template = 'migrated';

/** How much passes before the processes see it: less than any tolerance for clocks that differ. */
const clockStepMs = seconds(20);

/**
 * The slow part, once for a run. It takes about half a minute on two quiet cores.
 * @param tell called before each step that a person would wait for
 */
export const openPlace = async (tell: (what: string) => void): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-medusa-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  tell('Starting a PostgreSQL from npm (a few seconds).');
  const databases = await startDatabases();
  // Ten seconds between two confirmations: nobody waits twenty minutes for nineteen of them.
  const simulators = await startGatewaySimulators({
    seed: 2026,
    realTime: true,
    knobs: { confirmationMs: seconds(10) },
  });
  const stop = async (): Promise<void> => {
    await simulators.stop();
    await databases.stop();
    await removeFolder();
  };
  // Medusa's commands keep a file of settings per user; the run leaves none behind.
  const env = {
    XDG_CONFIG_HOME: folder,
    HOME: folder,
    GATEWRIGHT_SANDBOX: '1',
    JWT_SECRET: 'sandbox',
    COOKIE_SECRET: 'sandbox',
  };
  const { clock } = simulators;
  const clockFile = createClockFile(folder, Date.now);
  try {
    const own = {
      ...env,
      DATABASE_URL: await databases.create(template),
      PUBLIC_URL: 'http://127.0.0.1:9000',
    };
    tell("Making Medusa's 150 tables (20 to 60 seconds).");
    await runMedusa({ args: ['db:migrate'], env: own });
    tell('Making the admin user (10 seconds).');
    await runMedusa({ args: ['user', '-e', login.email, '-p', login.password], env: own });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    simulators,
    databases,
    clockFile,
    login,
    env,
    template,
    pass: async (ms) => {
      for (let left = ms; left > 0; left -= clockStepMs) {
        await clock.advance(Math.min(left, clockStepMs));
        clockFile.set(clock.now());
      }
    },
    stop,
  };
};
