import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const bytesOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    // A running server removes files of its own.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

/** Every byte of the files in a data directory, the write-ahead log included. */
export const storedBytes = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => bytesOf(join(entry.parentPath, entry.name))),
  );
