import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { keys } from '../../src/commands/command-line.fixture.ts';
import { type Ended, entry } from './processes.ts';

const page = new URL('../../../../docs/runbooks/moving-to-postgresql.md', import.meta.url);

/** The page's own command lines, in its order; the database is made by whoever asks for them. */
const commands = (): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^ *\$ (.*)$/gm)]
    .map(([, line = '']) => line)
    .filter((line) => !line.startsWith('psql '));

/** Runs the page in one shell, in a folder with a `gatewright.db`, until the first line that fails. */
export const runMovingPage = async (folder: string, databaseUrl: string): Promise<Ended> => {
  const shell = [
    'set -e -o pipefail',
    `npx() { shift; "${process.execPath}" "${entry}" "$@"; }`,
    ...commands(),
  ];
  const child = spawn('bash', ['-c', shell.join('\n')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GATEWRIGHT_KEYS: keys, DATABASE_URL: databaseUrl },
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, err };
};
