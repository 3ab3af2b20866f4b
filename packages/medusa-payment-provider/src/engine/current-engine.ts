import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { container } from '@medusajs/framework';
import { createMedusaStorefront } from '../fulfilment/medusa-storefront.ts';
import { shopOf } from '../fulfilment/shop.ts';
import { readMedusaConfig } from '../settings/medusa-config.ts';
import type { EngineOptions, MedusaEngine } from './engine.ts';
import { readMarkets } from './markets.ts';
import { hasSharedLocking, type MedusaCradle, settingsError, workerModeOf } from './medusa-process.ts';
import { openEngine, openShopLedger } from './open-engine.ts';
import { readShopName } from './shop-look.ts';

/**
 * One engine per configuration in this process, whichever module asks for it first. Kept on the global object, because
 * the provider and the plugin's module may be loaded from two paths.
 */
const key: unique symbol = Symbol.for('gatewright.medusa-engines');
type Engines = WeakMap<object, Promise<MedusaEngine>>;

const engines = (): Engines => {
  // Nobody else writes under our own symbol.
  const place = globalThis as { [key]?: Engines };
  place[key] ??= new WeakMap();
  return place[key];
};

/** The machine this process runs on. @throws Error for a configuration that has to be corrected */
const optionsFor = ({ configModule, logger }: MedusaCradle): EngineOptions => {
  const read = readMedusaConfig(configModule, randomBytes);
  if (!read.ok) throw settingsError(read.faults);
  return {
    settings: read.settings,
    workerMode: workerModeOf(configModule),
    sharedLocking: hasSharedLocking(configModule),
    storefront: createMedusaStorefront,
    shopName: () => readShopName(shopOf(container).query),
    markets: () => readMarkets(shopOf(container).query),
    log: logger,
    background: true,
    clock: { now: Date.now },
    random: randomBytes,
    sleep: (ms, until) => wait(ms, undefined, { signal: until }),
    every: (run, ms) => {
      const interval = setInterval(run, ms);
      return () => clearInterval(interval);
    },
  };
};

const open = async (cradle: MedusaCradle): Promise<MedusaEngine> => {
  const opened = await openEngine(optionsFor(cradle));
  if (!opened.ok) throw new Error(`Gatewright: ${opened.message}`);
  cradle.logger.info(`Gatewright: the ledger is ${opened.engine.location}.`);
  return opened.engine;
};

/** Opens it at the first call; after a failure the next call tries again. @throws Error that says what to mend */
export const currentEngine = (cradle: MedusaCradle): Promise<MedusaEngine> => {
  const known = engines().get(cradle.configModule);
  if (known !== undefined) return known;
  const opening = open(cradle);
  engines().set(cradle.configModule, opening);
  opening.catch(() => engines().delete(cradle.configModule));
  return opening;
};

/** The application starts, maybe once more in the same process. */
export const startEngine = async (cradle: MedusaCradle): Promise<void> => {
  const known = engines().get(cradle.configModule);
  await known?.catch(() => engines().delete(cradle.configModule));
  await currentEngine(cradle);
};

const ended = async (): Promise<MedusaEngine> => {
  throw new Error('Gatewright: this process is ending.');
};

/** Ends the engine of this process, if there is one; a request that comes now opens no second one. */
export const stopEngine = async ({ configModule }: Pick<MedusaCradle, 'configModule'>): Promise<void> => {
  const known = engines().get(configModule);
  const over = ended();
  // Whoever asks for the engine hears of it.
  over.catch(() => undefined);
  engines().set(configModule, over);
  // One that could not be opened has nothing to end.
  const engine = await known?.catch(() => undefined);
  await engine?.stop();
};

/** Brings the ledger's tables up to date and closes it again, for `medusa db:migrate`. @returns what was run */
export const migrateLedger = async (cradle: MedusaCradle): Promise<readonly string[]> => {
  const opened = await openShopLedger({ ...optionsFor(cradle), workerMode: 'server' });
  if (!opened.ok) throw new Error(`Gatewright: ${opened.message}`);
  await opened.close();
  return opened.migrated;
};
