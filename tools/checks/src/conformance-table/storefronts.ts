import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../repository.ts';

/** A test file that runs the storefront battery, with what it says of its storefront. */
export interface StorefrontTest {
  readonly file: string;
  readonly name: string;
  readonly readsOrders: true | string;
}

const call = /describeStorefront\(\{\s*name: '([^']+)',\s*readsOrders: (?:(true)|'([^']+)')/;

/** @throws Error for a call that does not begin with name and readsOrders: the page could not tell what it covers */
const readCall = (file: string, source: string): StorefrontTest => {
  const found = call.exec(source);
  const [, name, reads, reason] = found ?? [];
  if (name === undefined) throw new Error(`${file}: describeStorefront begins with name and readsOrders`);
  return { file, name, readsOrders: reads === 'true' ? true : (reason ?? '') };
};

/** Every storefront in this repository that runs the battery. */
export const storefrontTests = (root: string): readonly StorefrontTest[] =>
  ['packages', 'apps']
    .flatMap((dir) => listFiles(root, dir, /\.test\.ts$/))
    .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }))
    .filter(({ source }) => /^describeStorefront\(/m.test(source))
    .map(({ file, source }) => readCall(file, source));
