import { spawn } from 'node:child_process';
import { sandboxKeys, type World } from './world.ts';

const program = `
import { processHost, runCli } from '@gatewright/cli';
process.exitCode = await runCli(process.argv.slice(1), processHost());
`;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line as a process of its own on the ledger of a running bridge. */
export const gatewright = ({ file }: World, args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const aliases = new URL('source-aliases.ts', import.meta.url).href;
    const node = ['--import', aliases, '--input-type=module', '-e', program, '--', ...args];
    const child = spawn(process.execPath, node, {
      env: { DATABASE_URL: `sqlite:${file}`, GATEWRIGHT_KEYS: sandboxKeys },
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
