import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programPath } from '../../env.ts';

/** The shop of the demo and of the tests. */
export const shopFolder = fileURLToPath(new URL('../../../../medusa-shop', import.meta.url));

const cliOf = (folder: string): string => {
  const resolved = createRequire(join(folder, 'package.json')).resolve('@medusajs/cli/package.json');
  return join(dirname(resolved), 'cli.js');
};

export interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Modules that are loaded before Medusa's own code (`node --import`). */
  readonly preload?: readonly string[];
  /** The project it runs in. Default: the demo's shop. */
  readonly folder?: string | undefined;
}

/** Starts `medusa <args>` with this environment and nothing else of ours but the way to programs. */
export const spawnMedusa = ({ args, env, preload = [], folder = shopFolder }: Command) =>
  spawn(process.execPath, [...preload.flatMap((module) => ['--import', module]), cliOf(folder), ...args], {
    cwd: folder,
    env: { PATH: programPath, NODE_ENV: 'production', MEDUSA_DISABLE_TELEMETRY: 'true', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

/** Runs a command to its end. @throws Error with the end of what it said, when it fails */
export const runMedusa = async (command: Command): Promise<string> => {
  const child = spawnMedusa(command);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`medusa ${command.args[0]} failed: ${said.slice(-4_000)}`);
  return said;
};
