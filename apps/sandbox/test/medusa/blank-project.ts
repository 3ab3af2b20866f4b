import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The plugin and what it needs of ours. */
const packed = ['medusa-payment-provider', 'payment-core', 'payment-ledger', 'pay-page', 'outbound-http'];

const packOutput = z.array(z.object({ name: z.string(), filename: z.string() }));

/** As `npm publish` would pack them; their build must have run. */
const pack = (destination: string): z.output<typeof packOutput> => {
  const workspaces = packed.flatMap((name) => ['--workspace', `@gatewright/${name}`]);
  const args = ['pack', '--json', '--pack-destination', destination, ...workspaces];
  return packOutput.parse(JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' })));
};

/** Third-party packages are the repository's: an install of Medusa takes two minutes. */
const linkThirdParties = (theirs: string, modules: string): void => {
  if (!existsSync(theirs)) return;
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(theirs)) {
    if (name !== '@gatewright') symlinkSync(join(theirs, name), join(modules, name));
  }
};

export interface BlankMedusaProject {
  readonly folder: string;
  remove(): void;
}

/** A Medusa project outside the repository with nothing but a configuration, in which the tarballs are installed. */
export const createBlankMedusaProject = (): BlankMedusaProject => {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-blank-medusa-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(folder, 'src'));
  for (const file of ['package.json', 'tsconfig.json', 'medusa-config.ts', 'src/env.ts'])
    cpSync(join(root, 'apps/medusa-shop', file), join(folder, file));
  linkThirdParties(join(root, 'node_modules'), modules);
  for (const { name, filename } of pack(folder)) {
    const home = join(modules, name);
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', home]);
    // A version that npm keeps beside its dependant.
    linkThirdParties(join(root, 'packages', basename(name), 'node_modules'), join(home, 'node_modules'));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
