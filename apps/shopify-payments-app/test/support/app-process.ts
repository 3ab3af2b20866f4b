import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import type { World } from './world.ts';

/** The app as its operator starts it: a process of its own. */
export interface AppProcess {
  readonly publicUrl: string;
  /** Where this process itself listens. */
  readonly listening: string;
  readonly sessionPort: number;
  readonly operatorUrl: string;
  readonly output: () => string;
  kill(): Promise<void>;
}

const startLine = z.object({
  publicUrl: z.string(),
  port: z.number(),
  sessionPort: z.number(),
  operatorUrl: z.string(),
});

const module = (path: string): string => new URL(path, import.meta.url).href;

/** Starts `src/main.ts` on the world's ledger; killed with the test. */
export const startProcess = async (
  world: World,
  change: Readonly<Record<string, string>> = {},
): Promise<AppProcess> => {
  const ca = join(world.folder, 'public-ca.pem');
  await writeFile(ca, world.shopify.serverCa);
  const imports = [module('source-aliases.ts'), module('way-to-shopify.ts')];
  const main = fileURLToPath(module('../../src/main.ts'));
  const child = spawn(process.execPath, [...imports.flatMap((each) => ['--import', each]), main], {
    env: {
      ...world.variables(),
      NODE_EXTRA_CA_CERTS: ca,
      SIMULATED_SHOPIFY_PORT: String(world.shopify.address.port),
      ...change,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const ended = once(child, 'close');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const started = () => text.split('\n').find((line) => line.includes('"app started"'));
  while (started() === undefined && child.exitCode === null) await wait(20);
  const line = started();
  if (line === undefined) throw new Error(`the app did not start: ${text}`);
  const { port, ...about } = startLine.parse(JSON.parse(line));
  return { ...about, listening: `http://127.0.0.1:${port}`, output: () => text, kill };
};
