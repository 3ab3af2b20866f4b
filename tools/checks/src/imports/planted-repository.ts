import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatFinding } from '../finding.ts';
import { checkImports } from './check-imports.ts';

const typeRoots = fileURLToPath(new URL('../../../../node_modules/@types', import.meta.url));

const core = '@gatewright/payment-core';

const workspaces: Readonly<Record<string, object>> = {
  'packages/payment-core': { name: core, exports: { '.': './dist/index.js' } },
  'packages/payment-ledger': { name: '@gatewright/payment-ledger', dependencies: { [core]: '0.0.0' } },
  'packages/gateway-simulator': { name: '@gatewright/gateway-simulator', dependencies: { [core]: '0.0.0' } },
  'packages/cli': { name: '@gatewright/cli' },
  'apps/woocommerce-bridge': { name: '@gatewright/woocommerce-bridge', private: true },
  'apps/sandbox': { name: '@gatewright/sandbox', private: true },
};

/** Writes a small repository with `files` (path to text) into a temporary folder and answers what the checks find. */
export const findingsIn = (files: Readonly<Record<string, string>>): string[] => {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-checks-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  try {
    write('package.json', JSON.stringify({ name: 'planted', workspaces: ['packages/*', 'apps/*'] }));
    for (const [dir, manifest] of Object.entries(workspaces))
      write(`${dir}/package.json`, JSON.stringify(manifest));
    for (const [path, text] of Object.entries(files)) write(path, text);
    return checkImports(root, typeRoots).map(formatFinding);
  } finally {
    rmSync(root, { recursive: true });
  }
};
