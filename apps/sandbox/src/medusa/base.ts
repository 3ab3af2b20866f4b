import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../chaos/processes/postgres-process.ts';
import { createDatabase } from './server/databases.ts';
import { runMedusa } from './server/medusa-command.ts';
import type { MerchantLogin } from './shop/merchant.ts';

/** What is slow, once for a run: plain data, so that a test runner can hand it to its files. */
export interface MedusaBase {
  /** postgres://… of the maintenance database. */
  readonly postgresUrl: string;
  /** Name of a database with Medusa's and the plugin's tables and the admin user, to be copied. */
  readonly template: string;
  readonly login: MerchantLogin;
  /** Environment of every Medusa process. */
  readonly env: Readonly<Record<string, string>>;
}

export interface OpenedBase {
  readonly base: MedusaBase;
  stop(): Promise<void>;
}

const login: MerchantLogin = { email: 'owner@shop.example', password: 'an owner of the sandbox' };
const template = 'migrated';

const migrate = async (base: MedusaBase, tell: (what: string) => void): Promise<void> => {
  const { postgresUrl, env } = base;
  const databaseUrl = await createDatabase(postgresUrl, template);
  // With the table of the locks that several processes share; one process leaves it empty.
  const own = { ...env, DATABASE_URL: databaseUrl, PUBLIC_URL: 'http://127.0.0.1:9000', SHARED_LOCKING: '1' };
  tell("Making Medusa's 150 tables (20 to 60 seconds).");
  await runMedusa({ args: ['db:migrate'], env: own });
  tell('Making the admin user (10 seconds).');
  await runMedusa({ args: ['user', '-e', login.email, '-p', login.password], env: own });
};

/**
 * A real PostgreSQL from npm and a migrated database in it; about half a minute on two quiet cores.
 * @param tell called before each step that a person would wait for
 */
export const openMedusaBase = async (tell: (what: string) => void): Promise<OpenedBase> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-medusa-'));
  // Medusa's commands keep a file of settings per user; the run leaves none behind.
  const env = {
    XDG_CONFIG_HOME: folder,
    HOME: folder,
    GATEWRIGHT_SANDBOX: '1',
    JWT_SECRET: 'sandbox',
    COOKIE_SECRET: 'sandbox',
  };
  tell('Starting a PostgreSQL from npm (a few seconds).');
  const postgres = await startPostgres();
  const stop = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const base = { postgresUrl: postgres.url, template, login, env };
  try {
    await migrate(base, tell);
    return { base, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
