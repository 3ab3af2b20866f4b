import { readFileSync } from 'node:fs';
import { type PluginFile, textOf } from './plugin-files.ts';

/** The version of package.json, which is the plugin's. */
export const packageVersion = (): string => {
  const read: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version = typeof read === 'object' && read !== null && 'version' in read ? read.version : undefined;
  if (typeof version !== 'string' || !/^\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/.test(version))
    throw new Error('package.json has no version');
  return version;
};

/** Where the version stands: the header that WordPress reads, the constant, and the tag that wordpress.org reads. */
const places: readonly (readonly [path: string, pattern: RegExp])[] = [
  ['gatewright-for-woocommerce.php', /^( \* Version: +)0\.0\.0$/m],
  ['gatewright-for-woocommerce.php', /^(define\( 'GATEWRIGHT_VERSION', ')0\.0\.0(?=' \);$)/m],
  ['readme.txt', /^(Stable tag: )0\.0\.0$/m],
  ['readme.txt', /^(= )0\.0\.0(?= =$)/m],
];

/**
 * Puts the package's version into the files. The sources carry 0.0.0, so that a release changes package.json only.
 * Throws when a place is missing: a zip without it would be taken for another version.
 */
export const stampVersion = (files: readonly PluginFile[], version: string): readonly PluginFile[] => {
  const stamped = new Map(files.map((file) => [file.path, file]));
  for (const [path, pattern] of places) {
    const file = stamped.get(path);
    const text = file === undefined ? '' : textOf(file);
    if (!pattern.test(text)) throw new Error(`${path} has no place for the version: ${pattern}`);
    stamped.set(path, { path, bytes: Buffer.from(text.replace(pattern, `$1${version}`)) });
  }
  return [...stamped.values()];
};
