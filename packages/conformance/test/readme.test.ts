import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const blocks = [...textOf('README.md').matchAll(/<!-- file: (\S+) -->\n```ts\n([\s\S]*?)```/g)];

it('shows code that is compiled and run', () => {
  expect(blocks.length).toBeGreaterThan(0);
  for (const [, path = '', code] of blocks) expect(code, path).toBe(textOf(path));
});

it('shows no other code', () => {
  expect(textOf('README.md').match(/^```\w+$/gm)).toHaveLength(blocks.length);
});
