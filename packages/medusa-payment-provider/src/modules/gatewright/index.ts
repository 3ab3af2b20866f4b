import { randomBytes } from 'node:crypto';
import { Module } from '@medusajs/framework/utils';
import { migrateLedger } from '../../engine/current-engine.ts';
import { type MedusaCradle, settingsError } from '../../engine/medusa-process.ts';
import { readMedusaConfig } from '../../settings/medusa-config.ts';
import { GatewrightService } from './service.ts';

/** The name under which the container has it. */
const gatewrightModule = 'gatewright';

interface Resolver {
  resolve<T>(name: string): T;
}

const cradleOf = (container: Resolver): MedusaCradle => ({
  configModule: container.resolve('configModule'),
  logger: container.resolve('logger'),
});

/** A configuration that cannot work ends the start, with every fault of it in one message. */
const checkSettings = async ({ container }: { container: Resolver }): Promise<void> => {
  const read = readMedusaConfig(cradleOf(container).configModule, randomBytes);
  if (!read.ok) throw settingsError(read.faults);
};

/** Part of `medusa db:migrate`; Medusa's own migrations only know tables of its kind. */
const runMigrations = async ({ container }: { container: Resolver }): Promise<{ name: string }[]> => {
  const { configModule, logger } = cradleOf(container);
  logger.info('MODULE: gatewright');
  const migrated = await migrateLedger({ configModule, logger });
  logger.info(
    migrated.length === 0 ? 'Skipped. The ledger is up to date.' : `Migrated ${migrated.join(', ')}`,
  );
  return migrated.map((name) => ({ name }));
};

/** What was paid is never thrown away by a command: the owner drops the schemas by hand. */
const revertMigration = async ({ container }: { container: Resolver }): Promise<void> => {
  cradleOf(container).logger.warn(
    'Gatewright: the ledger is kept. To remove it for good, drop the schemas gatewright and gatewright_jobs.',
  );
};

export default {
  ...Module(gatewrightModule, { service: GatewrightService, loaders: [checkSettings] }),
  runMigrations,
  revertMigration,
};
