import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkPackages } from './check-packages.ts';
import { packWorkspace, publishableWorkspaces } from './tarball.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

const dual = {
  import: { types: './dist/index.d.ts', default: './dist/index.js' },
  require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
};

const soundFiles = {
  LICENSE: 'MIT',
  'dist/index.js': 'export const a = 1;\n',
  'dist/index.d.ts': 'export declare const a: number;\n',
  'dist/index.cjs': 'exports.a = 1;\n',
  'dist/index.d.cts': 'export declare const a: number;\n',
};

const without = (path: keyof typeof soundFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(soundFiles).filter(([name]) => name !== path));

const rulesFor = async (exports: object, files: Readonly<Record<string, string>>): Promise<string[]> => {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-checks-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const manifest = { name: 'planted', version: '0.0.0', license: 'MIT', type: 'module', files: ['dist'] };
  try {
    write('package.json', JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }));
    write('packages/hidden/package.json', JSON.stringify({ name: 'hidden', private: true }));
    write('packages/planted/package.json', JSON.stringify({ ...manifest, exports: { '.': exports } }));
    for (const [path, text] of Object.entries(files)) write(`packages/planted/${path}`, text);
    const tarballs = publishableWorkspaces(root).map((workspace) => packWorkspace(root, workspace, root));
    const findings = await checkPackages(repository, tarballs);
    return findings.map(({ file, rule }) => `${file} ${rule}`);
  } finally {
    rmSync(root, { recursive: true });
  }
};

test('a sound dual package is silent, and so is a sound ESM package', async () => {
  expect(await rulesFor(dual, soundFiles)).toEqual([]);
  expect(await rulesFor(dual.import, soundFiles)).toEqual([]);
});

test('a packed package without its licence, its types or its entry is found', async () => {
  expect(await rulesFor(dual, without('LICENSE'))).toEqual(['packages/planted/package.json license']);
  expect(await rulesFor(dual, without('dist/index.d.cts'))).toContain('packages/planted/package.json attw');
  expect(await rulesFor(dual.import, without('dist/index.js'))).toContain(
    'packages/planted/package.json publint-error',
  );
});
