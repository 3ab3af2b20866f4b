import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { storefrontTests } from './storefronts.ts';

const testsIn = (files: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-checks-'));
  try {
    for (const [path, text] of Object.entries({ 'packages/a/b.ts': '', 'apps/a/b.ts': '', ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return storefrontTests(root);
  } finally {
    rmSync(root, { recursive: true });
  }
};

it('finds every call of the battery and nothing else', () => {
  expect(
    testsIn({
      'apps/one/test/shop.test.ts': `describeStorefront({ name: 'one', readsOrders: true, open });
describeStorefront({
  name: 'one without its plugin',
  readsOrders: 'nobody asks',
  open,
});`,
      'packages/two/test/shop.test.ts':
        "describeStorefront({ open, name: 'two', readsOrders: 'it says all by itself', lacks: { note: 'no notes', 'tell-repeats': 'it cannot' } });",
      'packages/two/test/other.test.ts': "import { describeStorefront } from 'x';",
    }),
  ).toEqual([
    {
      file: 'packages/two/test/shop.test.ts',
      name: 'two',
      readsOrders: 'it says all by itself',
      lacks: { note: 'no notes', 'tell-repeats': 'it cannot' },
    },
    { file: 'apps/one/test/shop.test.ts', name: 'one', readsOrders: true, lacks: {} },
    {
      file: 'apps/one/test/shop.test.ts',
      name: 'one without its plugin',
      readsOrders: 'nobody asks',
      lacks: {},
    },
  ]);
});

it.each([
  'describeStorefront(subject);',
  "describeStorefront({ name: 'one', readsOrders: true, open });\ndescribeStorefront(subject);",
  "describeStorefront({ name: 'one', readsOrders: true, lacks, open });",
  "describeStorefront({ name: 'one', readsOrders: true, lacks: { note: why() }, open });",
  "describeStorefront({ ...subject, name: 'one' });",
  'describeStorefront();',
])('refuses a call that it cannot read: %s', (source) => {
  expect(() => testsIn({ 'apps/one/test/shop.test.ts': source })).toThrow('apps/one/test/shop.test.ts');
});
