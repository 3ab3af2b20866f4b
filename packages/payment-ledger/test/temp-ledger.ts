import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLedger, type SqliteOptions } from '../src/index.ts';
import type { OpenPlace } from './ledger-place.ts';

export interface TempFolder {
  readonly path: (name: string) => string;
  remove(): Promise<void>;
}

export const tempFolder = async (): Promise<TempFolder> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-ledger-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export const virtualClock = (start = 1_795_255_200_000) => {
  let now = start;
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

export const sqlitePlace: OpenPlace = async () => {
  const folder = await tempFolder();
  const path = folder.path('ledger.db');
  return {
    open: (parts) => openSqliteLedger({ path, ...parts }),
    openWithoutKeys: (parts) => openSqliteLedger({ path, ...parts }),
    stored: () => Buffer.concat(readdirSync(folder.path('.')).map((name) => readFileSync(folder.path(name)))),
    remove: folder.remove,
  };
};

/** A ledger in a file of its own, removed with `close`. */
export const openTempLedger = async (options: Partial<SqliteOptions> = {}) => {
  const folder = await tempFolder();
  const opened = await openSqliteLedger({
    path: folder.path('ledger.db'),
    clock: virtualClock(),
    random: randomBytes,
    ...options,
  });
  if (!opened.ok) throw new Error(opened.message);
  const close = async (): Promise<void> => {
    await opened.close();
    await folder.remove();
  };
  return { ...opened, close, path: folder.path('ledger.db') };
};
