import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { MedusaBase } from '../../src/medusa/base.ts';
import { runMedusa, shopFolder } from '../../src/medusa/server/medusa-command.ts';

const servedFrom = join(shopFolder, 'public/admin');
const stampFile = join(servedFrom, '.built-from');

/** What the pages are made of: the plugin's bundle and Medusa's dashboard. */
const stamp = (): string => {
  const { resolve } = createRequire(join(shopFolder, 'package.json'));
  const plugin = resolve('@gatewright/medusa-payment-provider/admin');
  const dashboard = createRequire(resolve('@medusajs/medusa/package.json')).resolve(
    '@medusajs/dashboard/package.json',
  );
  const hash = createHash('sha256');
  for (const file of [plugin, dashboard]) hash.update(readFileSync(file));
  return hash.digest('hex');
};

/** Builds the shop's admin pages where they are not those of this plugin already; it takes about a minute. */
export const buildAdmin = async ({ env }: Pick<MedusaBase, 'env'>): Promise<void> => {
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  // Nobody is connected to; the shop's config wants to read them.
  const unused = { DATABASE_URL: 'postgres://127.0.0.1:1/none', PUBLIC_URL: 'http://127.0.0.1:9000' };
  await runMedusa({ args: ['build', '--admin-only'], env: { ...env, ...unused } });
  rmSync(servedFrom, { recursive: true, force: true });
  cpSync(join(shopFolder, '.medusa/admin'), servedFrom, { recursive: true });
  writeFileSync(stampFile, wanted);
};
