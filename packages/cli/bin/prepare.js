import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// This file also runs on Nodes that are too old for the rest. Standard output belongs to the command's answers.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tools = join(root, 'node_modules', '.bin');
const inWorkspace =
  existsSync(join(root, 'turbo.json')) && existsSync(new URL('../src/index.ts', import.meta.url));

const explain = (cause, effect, remedy) => {
  process.stderr.write(`cause:  ${cause}\neffect: ${effect}\nremedy: ${remedy}\n`);
  process.exitCode = 1;
};

/** 22.18 is the first that has node:sqlite and type stripping without a switch. */
const isOldNode = () => {
  const [major, minor] = process.version.slice(1).split('.').map(Number);
  return major < 22 || (major === 22 && minor < 18);
};

const pinnedNode = () => {
  const windows = process.platform === 'win32';
  const build = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  return join(root, 'node_modules', build, 'bin', windows ? 'node.exe' : 'node');
};

const startAgainOnPinnedNode = () => {
  const node = pinnedNode();
  if (!inWorkspace || !existsSync(node)) {
    explain(
      `gatewright needs Node 22.18 or newer; this is ${process.version}.`,
      'Nothing was done.',
      inWorkspace
        ? 'Run `npm ci`, which installs a Node for this repository, or install a newer one.'
        : 'Install a newer Node (nodejs.org) and run it again.',
    );
    return;
  }
  const { status, signal } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
};

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Its builder is gone, or has been there for longer than any build takes. */
const isStale = (lock) => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return Date.now() - statSync(lock).mtimeMs > 300_000 || (pid > 0 && !isRunning(pid));
  } catch {
    return false;
  }
};

/** Two builds at once would take each other's files away. */
const oneAtATime = async (work) => {
  const lock = join(root, 'node_modules', '.gatewright-build.pid');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') return work();
    }
    if (isStale(lock)) rmSync(lock, { force: true });
    await wait(50);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/** turbo knows by its cache whether there is anything to do. Nothing of it is shown unless it fails. */
const build = () =>
  new Promise((resolve) => {
    const turbo = spawn(
      process.execPath,
      [
        join(root, 'node_modules', 'turbo', 'bin', 'turbo'),
        'run',
        'build',
        '--filter=@gatewright/cli',
        '--output-logs=errors-only',
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          PATH: `${tools}${delimiter}${process.env.PATH ?? ''}`,
          TURBO_TELEMETRY_DISABLED: '1',
        },
      },
    );
    const said = [];
    turbo.stdout.on('data', (chunk) => said.push(chunk));
    turbo.stderr.on('data', (chunk) => said.push(chunk));
    const slow = setTimeout(() => process.stderr.write('gatewright: building it first …\n'), 1500);
    const end = (succeeded) => {
      clearTimeout(slow);
      if (!succeeded) process.stderr.write(Buffer.concat(said));
      resolve(succeeded);
    };
    turbo.on('error', () => end(false));
    turbo.on('close', (status) => end(status === 0));
  });

/** True when `dist` can be imported by this Node; else everything has been said or done already. */
export const prepare = async () => {
  if (isOldNode()) {
    startAgainOnPinnedNode();
    return false;
  }
  if (!inWorkspace || (await oneAtATime(build))) return true;
  explain('gatewright could not be built.', 'Nothing was done.', 'Run `npm ci`, then `npm run build`.');
  return false;
};
