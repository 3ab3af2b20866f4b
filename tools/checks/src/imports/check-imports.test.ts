import { describe, expect, test } from 'vitest';
import { findingsIn } from './planted-repository.ts';

const core = 'packages/payment-core/src';
const crypto = `${core}/gateways/crypto-pay`;

describe('between workspaces', () => {
  test('the allowed directions are silent', () => {
    expect(
      findingsIn({
        'packages/payment-ledger/src/open.ts': `import type { Ledger } from '@gatewright/payment-core';`,
        'apps/woocommerce-bridge/src/start.ts': `import { openLedger } from '@gatewright/payment-ledger';`,
        'apps/sandbox/src/main.ts': `import { start } from '@gatewright/gateway-simulator';`,
        'packages/gateway-simulator/src/sign.ts': `import { createHmac } from 'node:crypto';`,
      }),
    ).toEqual([]);
  });

  test.each([
    ['a static import', `import { a } from '@gatewright/payment-ledger';`],
    ['a type import', `import type { A } from '@gatewright/payment-ledger';`],
    ['a re-export', `export * from '@gatewright/payment-ledger';`],
    ['a dynamic import', `export const load = () => import('@gatewright/payment-ledger');`],
    ['a require call', `export const a = require('@gatewright/payment-ledger');`],
    ['an import type', `export type A = import('@gatewright/payment-ledger').A;`],
  ])('the core may not import outward by %s', (_, text) => {
    expect(findingsIn({ [`${core}/index.ts`]: text })).toEqual([
      `${core}/index.ts:1 import-direction: @gatewright/payment-core may not import @gatewright/payment-ledger`,
    ]);
  });

  test('a comment or a string that looks like an import is no import', () => {
    const text = `// import '@gatewright/cli';\nexport const text = "import '@gatewright/cli'";`;
    expect(findingsIn({ [`${core}/index.ts`]: text })).toEqual([]);
  });

  test('a package may not import an app, and a simulator imports the core only', () => {
    expect(
      findingsIn({
        'packages/cli/src/index.ts': `import '@gatewright/woocommerce-bridge';`,
        'packages/gateway-simulator/src/index.ts': `import '@gatewright/payment-ledger';`,
      }),
    ).toEqual([
      'packages/cli/src/index.ts:1 import-direction: @gatewright/cli may not import @gatewright/woocommerce-bridge',
      'packages/gateway-simulator/src/index.ts:1 import-direction: @gatewright/gateway-simulator may not import @gatewright/payment-ledger',
    ]);
  });

  test('a relative path may not lead into another workspace', () => {
    const text = `\nimport { a } from '../../payment-core/src/index.ts';\nimport './near.ts';`;
    expect(findingsIn({ 'packages/cli/src/index.ts': text })).toEqual([
      'packages/cli/src/index.ts:2 import-leaves-workspace: ../../payment-core/src/index.ts leads out of packages/cli',
    ]);
  });

  test('only exported paths of a package may be imported', () => {
    const text = `import '@gatewright/payment-core/src/money/money.ts';`;
    expect(findingsIn({ 'packages/cli/src/index.ts': text })).toEqual([
      'packages/cli/src/index.ts:1 import-subpath: @gatewright/payment-core does not export ./src/money/money.ts',
    ]);
  });

  test('a test may import a test kit, the code beside it may not', () => {
    const text = `import '@gatewright/gateway-simulator';`;
    expect(
      findingsIn({ 'packages/cli/src/verify.test.ts': text, 'packages/cli/src/verify.ts': text }),
    ).toEqual([
      'packages/cli/src/verify.ts:1 import-direction: @gatewright/cli may not import @gatewright/gateway-simulator',
    ]);
  });

  test("a kit's own tests stand above every room, the kit does not", () => {
    const text = `import '@gatewright/payment-ledger';`;
    expect(
      findingsIn({
        'packages/gateway-simulator/test/adapters.test.ts': text,
        'packages/gateway-simulator/src/index.ts': text,
      }),
    ).toEqual([
      'packages/gateway-simulator/src/index.ts:1 import-direction: @gatewright/gateway-simulator may not import @gatewright/payment-ledger',
    ]);
  });

  test('neither a test kit nor an outer room is a runtime dependency', () => {
    const manifest = (name: string, kind: string, dependency: string): string =>
      JSON.stringify({ name, [kind]: { [dependency]: '0.0.0' } });
    expect(
      findingsIn({
        'packages/cli/package.json': manifest(
          '@gatewright/cli',
          'dependencies',
          '@gatewright/gateway-simulator',
        ),
        'packages/payment-core/package.json': manifest(
          '@gatewright/payment-core',
          'peerDependencies',
          '@gatewright/payment-ledger',
        ),
        'packages/payment-ledger/package.json': manifest(
          '@gatewright/payment-ledger',
          'devDependencies',
          '@gatewright/gateway-simulator',
        ),
      }),
    ).toEqual([
      'packages/cli/package.json:1 test-kit-in-runtime: @gatewright/cli depends on the test kit @gatewright/gateway-simulator',
      'packages/payment-core/package.json:1 dependency-direction: @gatewright/payment-core may not depend on @gatewright/payment-ledger',
    ]);
  });
});

describe('inside the core', () => {
  test('a gateway may use its own files, the words of money and the port', () => {
    const text = [
      `import { a } from './contract.ts';`,
      `import { b } from '../gateway.ts';`,
      `import { c } from '../fact.ts';`,
      `import { d } from '../../money/money.ts';`,
      `import { e } from '../../signature/hmac.ts';`,
      `import type { f } from '../../http/http-client.ts';`,
    ].join('\n');
    expect(findingsIn({ [`${crypto}/client.ts`]: text })).toEqual([]);
  });

  test.each([
    ['../ton-nft/status.ts', 'gateway crypto-pay imports gateway ton-nft'],
    ['../registry.ts', `the port, not ${core}/gateways/registry.ts`],
    ['../../ledger/ledger.ts', `the port, not ${core}/ledger/ledger.ts`],
    ['../../index.ts', `the port, not ${core}/index.ts`],
    ['../../http/http-client.ts', `only types may be imported from ${core}/http`],
  ])('a gateway may not import %s', (specifier, message) => {
    const [finding, ...others] = findingsIn({ [`${crypto}/client.ts`]: `import { a } from '${specifier}';` });
    expect(others).toEqual([]);
    expect(finding).toMatch(/client\.ts:1 gateway-isolation: /);
    expect(finding).toContain(message);
  });

  test('the tests of a gateway may use the rest of the core, but no other gateway', () => {
    const text = `import { a } from '../registry.ts';\nimport { b } from '../ton-nft/status.ts';`;
    expect(findingsIn({ [`${crypto}/client.test.ts`]: text })).toEqual([
      `${crypto}/client.test.ts:2 gateway-isolation: gateway crypto-pay imports gateway ton-nft`,
    ]);
  });

  test('an inline type import stays at runtime, so http may not be imported that way', () => {
    const text = `import { type HttpClient } from '../../http/http-client.ts';`;
    expect(findingsIn({ [`${crypto}/client.ts`]: text })).toHaveLength(1);
  });

  test('only a registry names a gateway', () => {
    expect(
      findingsIn({
        [`${core}/gateways/registry.ts`]: `import { a } from './crypto-pay/index.ts';`,
        [`${core}/checkout/offer.ts`]: `import { a } from '../gateways/crypto-pay/index.ts';`,
      }),
    ).toEqual([
      `${core}/checkout/offer.ts:1 gateway-registry: only a registry may name a gateway, here crypto-pay is`,
    ]);
  });
});

describe('a simulator', () => {
  const offered = {
    [`${core}/index.ts`]: `export * from './money/decimal.ts';\nexport * from './signature/hmac.ts';`,
    [`${core}/money/decimal.ts`]:
      'export type Decimal = string;\nexport const parseDecimal = (a: string) => a;',
    [`${core}/signature/hmac.ts`]: 'export type Key = string;\nexport function verifyHmac(): void {}',
  };
  const simulator = 'packages/gateway-simulator/src/sign.ts';

  test('may use types and exact numbers of the core', () => {
    const text = `import { type Decimal, parseDecimal } from '@gatewright/payment-core';\nimport type { Key } from '@gatewright/payment-core';`;
    expect(findingsIn({ ...offered, [simulator]: text })).toEqual([]);
  });

  test.each([
    [`import { verifyHmac } from '@gatewright/payment-core';`, 'verifyHmac (signature)'],
    [`import { verifyHmac as parseDecimal } from '@gatewright/payment-core';`, 'verifyHmac (signature)'],
    [`import * as core from '@gatewright/payment-core';`, '* (unknown)'],
    [`import { gone } from '@gatewright/payment-core';`, 'gone (unknown)'],
  ])('may not use the core by %s', (text, what) => {
    expect(findingsIn({ ...offered, [simulator]: text })).toEqual([
      `${simulator}:1 simulator-independence: a simulator may use the core's types and its money, not ${what}`,
    ]);
  });

  test('may in its tests', () => {
    const text = `import { verifyHmac } from '@gatewright/payment-core';`;
    expect(findingsIn({ ...offered, 'packages/gateway-simulator/src/sign.test.ts': text })).toEqual([]);
  });
});

describe('environment', () => {
  test.each([
    'export const a = process.env.A;',
    `export const a = process['env'];`,
    'export const { env } = process;',
    'export const { env: surroundings } = globalThis.process;',
    'export const a = globalThis.process.env;',
    `import { env } from 'node:process';`,
  ])('%s is a read', (text) => {
    expect(findingsIn({ 'packages/cli/src/verify.ts': text })).toEqual([
      'packages/cli/src/verify.ts:1 environment: process.env is read outside env.ts',
    ]);
  });

  test('env.ts of an app and of the CLI, bins, config files and tests may read it', () => {
    const text = 'export const a = process.env.A;';
    expect(
      findingsIn({
        'apps/sandbox/src/env.ts': text,
        'packages/cli/src/env.ts': text,
        'packages/cli/bin/gatewright.js': text,
        'packages/cli/tsdown.config.ts': text,
        'packages/cli/src/verify.test.ts': text,
        'packages/payment-ledger/test/open.ts': text,
      }),
    ).toEqual([]);
  });

  test('env.ts of another package may not', () => {
    expect(
      findingsIn({ 'packages/payment-ledger/src/env.ts': 'export const a = process.env;' }),
    ).toHaveLength(1);
  });
});
