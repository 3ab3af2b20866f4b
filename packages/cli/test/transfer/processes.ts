import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { keys } from '../../src/commands/command-line.fixture.ts';

/** The command's entry, from the sources. */
export const entry = fileURLToPath(new URL('gatewright-process.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Input = 'ignore' | 'pipe' | ChildProcess['stdout'];

/** The command as a process of its own. */
export const start = (args: readonly string[], input: Input = 'ignore'): ChildProcess =>
  spawn(process.execPath, [entry, ...args], {
    stdio: [input, 'pipe', 'pipe'],
    env: { ...process.env, GATEWRIGHT_KEYS: keys, DATABASE_URL: '' },
  });

const drained = (stream: ChildProcess['stdout']): Promise<string> =>
  stream === null ? Promise.resolve('') : text(stream);

/** `out` of a process whose output another one reads is empty. */
export const ended = async (child: ChildProcess, readOut = true): Promise<Ended> => {
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([readOut ? drained(child.stdout) : '', drained(child.stderr)]);
  return { code: await code, out, err };
};

/** `gatewright export | gatewright import`, as a shell joins them. */
export const exportIntoImport = async (from: string, to: string) => {
  const exporting = start(['export', '--db', from]);
  const importing = start(['import', '--db', to], exporting.stdout);
  const ends = [ended(exporting, false), ended(importing)] as const;
  // The importing process has the pipe; this one's end of it would keep the exporting one from meeting a broken pipe.
  exporting.stdout?.destroy();
  const [exported, imported] = await Promise.all(ends);
  return { exported, imported };
};

/** Count and digest of the whole ledger, as the command tells them. */
export const summaryIn = (said: string): string | undefined =>
  /\d+ rows, sha256 [0-9a-f]{64}/.exec(said)?.[0];
