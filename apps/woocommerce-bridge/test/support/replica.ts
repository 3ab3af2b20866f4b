import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { sandboxKeys } from './world.ts';

/** One bridge as its operator starts it: a process of its own. */
export interface Replica {
  readonly url: string;
  readonly operatorUrl: string;
  /** Everything it has printed. */
  readonly output: () => string;
  /** The process stands still; it has no way to notice. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Asks it to end. @returns its exit code */
  terminate(): Promise<number | null>;
  readonly isAlive: () => boolean;
}

const started = z.object({ publicUrl: z.string(), operatorUrl: z.string() });

const startLine = async (child: ChildProcess, output: () => string) => {
  while (!output().includes('bridge started') && child.exitCode === null) await wait(20);
  const line = output()
    .split('\n')
    .find((candidate) => candidate.includes('bridge started'));
  if (line === undefined) throw new Error(`the bridge did not start: ${output()}`);
  return started.parse(JSON.parse(line));
};

export const startReplica = async (databaseUrl: string): Promise<Replica> => {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const aliases = new URL('source-aliases.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', aliases, main], {
    env: {
      DATABASE_URL: databaseUrl,
      GATEWRIGHT_KEYS: sandboxKeys,
      GATEWRIGHT_SANDBOX: '1',
      PORT: '0',
      OPERATOR_PORT: '0',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = once(child, 'close').then(() => child.exitCode);
  const output = (): string => text;
  const { publicUrl, operatorUrl } = await startLine(child, output);
  return {
    url: publicUrl,
    operatorUrl,
    output,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    terminate: () => {
      child.kill('SIGTERM');
      return ended;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
  };
};
