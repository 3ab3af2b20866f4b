import { type Zippable, zipSync } from 'fflate';
import type { PluginFile } from './plugin-files.ts';

const unix = 3;
const readableFile = 0o100644 << 16;

/** The plugin as WordPress installs it: one folder, named like the plugin. The same files give the same bytes. */
export const zipOf = (files: readonly PluginFile[], folder: string): Uint8Array => {
  // A zip holds local time without a zone: a date made of local parts gives the same bytes everywhere.
  const mtime = new Date(1980, 0, 1, 0, 0, 0);
  const entries: Zippable = {};
  for (const { path, bytes } of files)
    entries[`${folder}/${path}`] = [bytes, { mtime, level: 9, os: unix, attrs: readableFile }];
  return zipSync(entries);
};
