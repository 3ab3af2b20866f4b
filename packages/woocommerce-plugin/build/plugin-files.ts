import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as the plugin's folder holds it. */
export interface PluginFile {
  /** Relative to the plugin's folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export const pluginFolder = fileURLToPath(new URL('../plugin', import.meta.url));

const byPath = (one: PluginFile, another: PluginFile): number => (one.path < another.path ? -1 : 1);

/** All files of the plugin, sorted by path, whatever order the disk gives them in. */
export const readPlugin = (folder = pluginFolder): readonly PluginFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return { path: relative(folder, full).split(sep).join('/'), bytes: readFileSync(full) };
    })
    .sort(byPath);

export const phpFiles = (files: readonly PluginFile[]): readonly PluginFile[] =>
  files.filter(({ path }) => path.endsWith('.php'));

export const textOf = ({ bytes }: PluginFile): string => Buffer.from(bytes).toString('utf8');
