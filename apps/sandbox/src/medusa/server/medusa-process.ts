import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, spawnMedusa } from './medusa-command.ts';

/** One Medusa server as its operator starts it. */
export interface MedusaProcess {
  readonly url: string;
  /** What it has written so far. */
  said(): string;
  /** SIGKILL: it can save nothing. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM: it ends in order. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface MedusaProcessSettings extends Pick<Command, 'env' | 'preload' | 'folder'> {
  readonly port: number;
}

const endWithParent = new URL('end-with-parent.ts', import.meta.url).href;

/** A first start on a slow machine takes much longer than one on a quick one. */
const startWithinMs = 120_000;

/** It answers `/health` once everything is loaded. */
const healthy = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/health`);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

/** Longer than its graceful end needs. */
const stopWithinMs = 15_000;

/** @throws Error with what it said, when it ends or does not answer */
export const startMedusaProcess = async ({
  port,
  preload = [],
  env,
  folder,
}: MedusaProcessSettings): Promise<MedusaProcess> => {
  const child = spawnMedusa({
    args: ['start', '--port', String(port)],
    env,
    folder,
    preload: [endWithParent, ...preload],
  });
  const url = `http://127.0.0.1:${port}`;
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  let gone = false;
  const ended = once(child, 'close').then(() => {
    gone = true;
  });
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await Promise.race([ended, wait(stopWithinMs, undefined, { ref: false })]);
    if (!gone) child.kill('SIGKILL');
    await ended;
  };
  const until = performance.now() + startWithinMs;
  while (!(await healthy(url))) {
    if (gone || performance.now() > until) {
      await end('SIGKILL');
      throw new Error(`Medusa did not start: ${said.slice(-6_000)}`);
    }
    await wait(100);
  }
  return { url, said: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
};
