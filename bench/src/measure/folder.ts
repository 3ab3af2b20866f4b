import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside the checkout, because the system's temporary folder may be memory, where an fsync costs nothing. */
const parent = join(import.meta.dirname, '../../../node_modules/.cache');

/** A folder of its own for `work`, gone afterwards. */
export const inTemporaryFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'gatewright-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
