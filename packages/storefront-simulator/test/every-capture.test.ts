import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = new URL('./', import.meta.url);
const fixtures = new URL('../fixtures/woocommerce/', import.meta.url);

const captures = readdirSync(fixtures).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

/** Texts of the replaying tests, with `${…}` as a place for any word. */
const named = (): RegExp[] =>
  readdirSync(here).flatMap((file) => {
    if (!file.endsWith('.test.ts')) return [];
    const source = readFileSync(new URL(file, here), 'utf8');
    const texts = [...source.matchAll(/'([\w.-]+)'|`([\w.-]+-\$\{\w+\})`/g)];
    return texts.map(([, plain = '', built = '']) => {
      const pattern = (plain || built).replaceAll('.', '\\.').replace(/\$\{\w+\}/, '[\\w-]+');
      return new RegExp(`^${pattern}$`);
    });
  });

it('every recorded exchange is replayed by a test: none lies there unread', () => {
  expect(captures.length).toBe(83);
  const patterns = named();
  expect(captures.filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([]);
});
