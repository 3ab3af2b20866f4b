import { expect, test } from 'vitest';
import { findingsIn } from './planted-repository.ts';

const core = 'packages/payment-core/src';

const planted = [
  'export const a = Date.now();',
  `export const a = Date['now']();`,
  'export const { now } = Date;',
  'export const a = new Date();',
  'export const a = Date();',
  'export const a = (clock = Date) => clock;',
  'export const a = Math.random();',
  'export const { random } = Math;',
  'setTimeout(() => {}, 1);',
  'export const a = [setInterval];',
  `export const a = fetch('https://example.org');`,
  'export const a = { fetch };',
  'export const a = globalThis.fetch;',
  'export const a = performance.now();',
  'export const a = crypto.randomUUID();',
  'export const a = AbortSignal.timeout(5);',
  'export const a = process.pid;',
  `import { randomBytes } from 'node:crypto';`,
  `import { randomUUID as id } from 'node:crypto';`,
  `import * as crypto from 'node:crypto';`,
  `import { readFileSync } from 'node:fs';`,
  `import { setTimeout as sleep } from 'node:timers/promises';`,
];

// One program for all planted files: the type checker takes a second to load.
const found = findingsIn(
  Object.fromEntries(planted.map((text, index) => [`${core}/planted/case-${index}.ts`, text])),
);

test.each(planted.map((text, index) => [text, index] as const))('%s is found in the core', (_, index) => {
  const ofCase = found.filter((finding) =>
    finding.startsWith(`${core}/planted/case-${index}.ts:1 ambient: `),
  );
  expect(ofCase).not.toEqual([]);
});

test('parameters, types, members and dates of an instant are no findings', () => {
  const text = [
    `import { createHmac, timingSafeEqual } from 'node:crypto';`,
    `import type { Server } from 'node:http';`,
    `export type Outside = { fetch: typeof fetch; setTimeout: (ms: number) => Date; server: Server };`,
    `export const call = ({ fetch }: Outside, url: string) => fetch(url);`,
    `export const wait = (outside: Outside) => outside.setTimeout(5);`,
    `export const iso = (ms: number) => new Date(ms).toISOString();`,
    `export const parse = (text: string) => [Date.parse(text), Date.UTC(2026, 1), Math.max(1, 2)];`,
    `export const isDate = (value: unknown) => value instanceof Date;`,
    `export const sign = (key: string) => [createHmac('sha256', key), timingSafeEqual];`,
  ].join('\n');
  expect(findingsIn({ [`${core}/money/money.ts`]: text })).toEqual([]);
});

test('the tests of the core and the other packages may use them', () => {
  const text = 'export const a = [Date.now(), Math.random()];';
  expect(
    findingsIn({ [`${core}/money/money.test.ts`]: text, 'packages/payment-ledger/src/clock.ts': text }),
  ).toEqual([]);
});
