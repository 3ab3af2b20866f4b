import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Budget } from '../budget.ts';
import { benchKeys } from '../burst/ledger-file.ts';
import { residentMb } from '../measure/child.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { compare, interleave } from '../measure/rounds.ts';
import type { Figure } from '../report/row.ts';

const bridge = join(import.meta.dirname, '../../../apps/woocommerce-bridge');
const built = join(bridge, 'dist/main.js');
const isBuilt = existsSync(built);
const main = isBuilt ? built : join(bridge, 'src/main.ts');
const how = isBuilt ? 'from dist' : 'its own files from source by type stripping, the packages from dist';

/** The least a server can be. */
const bare = `require('node:http').createServer((_, answer) => answer.end()).listen(0, '127.0.0.1', function () {
  console.log('http://127.0.0.1:' + this.address().port);
});`;

/** The first address it prints. */
const printedUrl = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the server has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the server ended before it was ready');
};

export interface Started {
  /** From the start of the process to its first 200. */
  readonly seconds: number;
  /** A second later. */
  readonly residentMb: number;
}

const startOnce = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Started> => {
  const from = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  try {
    const { status } = await fetch(`${await printedUrl(child)}/readyz`);
    if (status !== 200) throw new Error(`/readyz answered ${status}`);
    const seconds = (performance.now() - from) / 1_000;
    await wait(1_000);
    return { seconds, residentMb: residentMb(child.pid ?? 0) };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};

/** Starts the bridge as its operator does, on this ledger, and ends it. */
export const startBridgeOnce = (databaseUrl: string): Promise<Started> =>
  startOnce([main], {
    DATABASE_URL: databaseUrl,
    GATEWRIGHT_KEYS: benchKeys,
    GATEWRIGHT_SANDBOX: '1',
    PORT: '0',
    OPERATOR_PORT: '0',
  });

/** (f): how soon a bridge is there and how much memory it wants. */
export const startFigures = ({ processRounds }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const resident: { bridge: number[]; bare: number[] } = { bridge: [], bare: [] };
    const samples = await interleave(
      {
        bridge: async () => {
          const own = await mkdtemp(join(folder, 'start-'));
          const started = await startBridgeOnce(`sqlite:${join(own, 'ledger.db')}`);
          resident.bridge.push(started.residentMb);
          return started.seconds;
        },
        bare: async () => {
          const started = await startOnce(['-e', bare], {});
          resident.bare.push(started.residentMb);
          return started.seconds;
        },
      },
      processRounds,
    );
    return [
      {
        name: 'start of the bridge with a new ledger until /readyz says 200: beside node:http alone',
        unit: 's',
        target: { of: 'ours', relation: '<', value: 1 },
        ...compare(samples.bridge, samples.bare),
        note: how,
      },
      {
        name: 'resident memory of the bridge a second after its start: beside node:http alone',
        unit: 'MB',
        target: { of: 'ours', relation: '<', value: 130 },
        ...compare(resident.bridge, resident.bare),
        note: how,
      },
    ];
  });
