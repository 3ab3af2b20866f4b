import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkInvariants } from './invariants.ts';

const findings = (change: (rows: string[]) => string[]): readonly string[] => {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-checks-'));
  const rows = Array.from(
    { length: 17 },
    (_, at) => `| ${at + 1} something | [a](../a/a.test.ts) "it's so" | break |`,
  );
  try {
    const files = { 'docs/proof.md': change(rows).join('\n'), 'a/a.test.ts': "it('it\\'s so', () => {});" };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkInvariants(root).map(({ message }) => message);
  } finally {
    rmSync(root, { recursive: true });
  }
};

it('is content where every invariant names a test that is there', () => {
  expect(findings((rows) => rows)).toEqual([]);
});

it.each([
  ['a row that is gone', (rows: string[]) => rows.toSpliced(6, 1), 'the table has no row for invariant 7'],
  [
    'a test file that was renamed',
    (rows: string[]) => rows.with(2, '| 3 once | [a](../a/b.test.ts) "it\'s so" | break |'),
    'invariant 3: ../a/b.test.ts leads nowhere',
  ],
  [
    'a test that was renamed',
    (rows: string[]) => rows.with(16, '| 17 refunds | [a](../a/a.test.ts) "it was so" | break |'),
    'invariant 17: ../a/a.test.ts has no test "it was so"',
  ],
  [
    'a row without a test',
    (rows: string[]) => rows.with(0, '| 1 receive | by hand | break |'),
    'invariant 1 names no test: [file](path) "title"',
  ],
])('finds %s', (_what, change, message) => {
  expect(findings(change)).toEqual([message]);
});

it('this repository has all of them', () => {
  expect(checkInvariants(fileURLToPath(new URL('../../../../', import.meta.url)))).toEqual([]);
});
