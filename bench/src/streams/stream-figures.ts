import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { benchKeys } from '../burst/ledger-file.ts';
import { type ServerProcess, startServer } from '../measure/child.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { listen, type StatusListener } from './listener.ts';
import { makePages, type WatchedPages } from './pages-file.ts';

/** What open status pages cost one bridge. */
export interface StreamFigures {
  readonly streams: number;
  readonly rssBeforeMb: number;
  readonly rssAfterMb: number;
  /** Of processor time, while nothing happens but the question once a second. */
  readonly cpuSecondsPerMinuteIdle: number;
  /** From the commit of a change of every page, by another process, to the last stream that heard of its own. */
  readonly secondsUntilAllHeard: number;
}

const streams = 1_000;
const openedAtOnce = 50;
const settleMs = 3_000;
const idleMs = 30_000;

/** Another address for every shopper: the bridge lets nobody have all its streams. */
const addressOf = (index: number): string => `203.0.${113 + Math.floor(index / 250)}.${1 + (index % 250)}`;

const openAll = async (url: string, { pages }: WatchedPages): Promise<readonly StatusListener[]> => {
  const listeners: StatusListener[] = [];
  for (let from = 0; from < pages.length; from += openedAtOnce) {
    const some = pages.slice(from, from + openedAtOnce);
    const opened = some.map((page, at) => listen(`${url}/pay/${page}/events?lang=en`, addressOf(from + at)));
    listeners.push(...(await Promise.all(opened)));
  }
  return listeners;
};

const measured = async (bridge: ServerProcess, watched: WatchedPages): Promise<StreamFigures> => {
  // The first page loads what every later one uses.
  await fetch(`${bridge.url}/pay/${watched.pages[0]}`);
  const rssBeforeMb = bridge.residentMb();
  const listeners = await openAll(bridge.url, watched);
  await wait(settleMs);
  const before = bridge.cpuMs();
  await wait(idleMs);
  const idle = (bridge.cpuMs() - before) / 1_000;
  const rssAfterMb = bridge.residentMb();
  await watched.seeMoney();
  const committed = performance.now();
  await Promise.all(listeners.map(({ changed }) => changed));
  const secondsUntilAllHeard = (performance.now() - committed) / 1_000;
  for (const listener of listeners) listener.close();
  return {
    streams: listeners.length,
    rssBeforeMb,
    rssAfterMb,
    cpuSecondsPerMinuteIdle: (idle * 60_000) / idleMs,
    secondsUntilAllHeard,
  };
};

/** 1,000 shoppers with their page open on one bridge over one SQLite file, each with an order of their own. */
export const streamFigures = (): Promise<StreamFigures> =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'ledger.db');
    const watched = await makePages(path, streams);
    const env = {
      DATABASE_URL: `sqlite:${path}`,
      GATEWRIGHT_KEYS: benchKeys,
      GATEWRIGHT_SANDBOX: '1',
      PORT: '0',
      OPERATOR_PORT: '0',
    };
    const bridge = await startServer({ module: 'burst/bridge-server.ts', env, folder });
    try {
      return await measured(bridge, watched);
    } finally {
      await bridge.stop();
      await watched.close();
    }
  });
