import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../repository.ts';

/** One run of the storefront battery, with what it says of its storefront; a file may have several. */
export interface StorefrontTest {
  readonly file: string;
  readonly name: string;
  readonly readsOrders: true | string;
}

const begins = /^describeStorefront\(/gm;
const call = /^describeStorefront\(\{\s*name: '([^']+)',\s*readsOrders: (?:(true)|'([^']+)')/gm;

/** @throws Error for a call that does not begin with name and readsOrders: the page could not tell what it covers */
const readCalls = (file: string, source: string): readonly StorefrontTest[] => {
  const read = [...source.matchAll(call)].map(
    ([, name = '', reads, reason = '']): StorefrontTest => ({
      file,
      name,
      readsOrders: reads === 'true' ? true : reason,
    }),
  );
  if (read.length < [...source.matchAll(begins)].length)
    throw new Error(`${file}: describeStorefront begins with name and readsOrders`);
  return read;
};

/** Every storefront in this repository that runs the battery. */
export const storefrontTests = (root: string): readonly StorefrontTest[] =>
  ['packages', 'apps']
    .flatMap((dir) => listFiles(root, dir, /\.test\.ts$/))
    .flatMap((file) => readCalls(file, readFileSync(join(root, file), 'utf8')));
