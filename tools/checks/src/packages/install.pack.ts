import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BlankProject, createBlankProject } from './blank-project.ts';
import { packWorkspace, publishableWorkspaces, type Tarball } from './tarball.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const core = '@gatewright/payment-core';
/** Its host is a whole Medusa, so it is installed into one elsewhere (apps/sandbox/test/medusa). */
const medusaPlugin = '@gatewright/medusa-payment-provider';

const destination = mkdtempSync(join(tmpdir(), 'gatewright-tarballs-'));
let tarballs: readonly Tarball[] = [];

beforeAll(() => {
  tarballs = publishableWorkspaces(root).map((workspace) => packWorkspace(root, workspace, destination));
});

afterAll(() => rmSync(destination, { recursive: true }));

const coreTarball = (): string => {
  const tarball = tarballs.find(({ workspace }) => workspace.manifest.name === core);
  if (!tarball) throw new Error(`${core} was not packed`);
  return tarball.path;
};

const work = `
const key = Buffer.from('a secret');
const message = Buffer.from('{"amount":1797654321.123456789}');
const signature = hmacSha256Hex(key, message);
console.log(JSON.stringify({
  exact: decimalFromLexeme('1797654321.123456789'),
  genuine: verifyHmacSha256Hex({ key, message, signature }),
  forged: verifyHmacSha256Hex({ key, message, signature: 'f'.repeat(64) }),
}));
`;

const result = {
  exact: '1797654321.123456789',
  genuine: { ok: true },
  forged: { ok: false, reason: 'signature-mismatch' },
};

const typedUse = `
import { decimalFromLexeme, hmacSha256Hex, type Decimal, type Money } from '${core}';
export const price: Decimal | undefined = decimalFromLexeme('49.90');
export const digest: string = hmacSha256Hex(new Uint8Array([1]), new Uint8Array([2]));
export const amountOf = (money: Money): string => money.amount;
// @ts-expect-error a plain string is no Decimal
export const unchecked: Decimal = '49.90';
`;

// skipLibCheck is off, so the declarations of the package are checked too.
const typecheck = (project: BlankProject, module: string): string => {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: false,
    types: [],
    target: 'es2022',
    module,
  };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  return project.run(tsc);
};

describe('payment-core installed from its tarball', () => {
  let esm: BlankProject;
  let cjs: BlankProject;

  beforeAll(() => {
    esm = createBlankProject('module');
    cjs = createBlankProject('commonjs');
    for (const project of [esm, cjs]) {
      project.install(coreTarball());
      project.write('use.ts', typedUse);
    }
  });

  afterAll(() => {
    for (const project of [esm, cjs]) project.remove();
  });

  test('an ESM project imports it', () => {
    esm.write(
      'use.js',
      `import { decimalFromLexeme, hmacSha256Hex, verifyHmacSha256Hex } from '${core}';${work}`,
    );
    expect(JSON.parse(esm.run('use.js'))).toEqual(result);
  });

  test('a CommonJS project requires it, and gets CommonJS', () => {
    cjs.write(
      'use.js',
      `const { decimalFromLexeme, hmacSha256Hex, verifyHmacSha256Hex } = require('${core}');${work}`,
    );
    expect(JSON.parse(cjs.run('use.js'))).toEqual(result);
    expect(cjs.run('--print', `require.resolve('${core}')`)).toMatch(/index\.cjs\n$/);
  });

  test('both module systems get the same names', () => {
    const imported = esm.run(
      '--input-type=module',
      '--eval',
      `console.log(Object.keys(await import('${core}')).sort().join())`,
    );
    const required = cjs.run('--print', `Object.keys(require('${core}')).sort().join()`);
    expect(required).toBe(imported);
    expect(imported).toContain('verifyHmacSha256Hex');
  });

  test.each(['nodenext', 'node16'])('its types check in an ESM project with module %s', (module) => {
    expect(typecheck(esm, module)).toBe('');
  });

  test.each(['nodenext', 'node16'])('its types check in a CommonJS project with module %s', (module) => {
    expect(typecheck(cjs, module)).toBe('');
  });
});

describe('all published packages without a host installed together', () => {
  let project: BlankProject;
  const hostless = (): readonly Tarball[] =>
    tarballs.filter(({ workspace }) => workspace.manifest.name !== medusaPlugin);

  beforeAll(() => {
    project = createBlankProject('module');
    project.install(...hostless().map(({ path }) => path));
  });

  afterAll(() => project.remove());

  test('each can be imported with nothing but what it depends on', () => {
    const names = hostless().map(({ workspace }) => workspace.manifest.name);
    expect(names).toContain('@gatewright/cli');
    // The battery registers tests, so it is loaded by a test runner only.
    for (const name of names.filter((name) => name !== '@gatewright/conformance'))
      expect(project.run('--input-type=module', '--eval', `await import('${name}')`)).toBe('');
  });

  test('no package carries sources or tests', () => {
    for (const { files } of tarballs)
      expect(files.filter((file) => /^(src|test)\/|\.test\./.test(file))).toEqual([]);
  });
});
