#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** In the workspace the build may be missing or stale; turbo decides by its cache. Installed, it is just there. */
const buildInWorkspace = () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  if (!existsSync(join(root, 'turbo.json')) || !existsSync(new URL('../src/index.ts', import.meta.url)))
    return 0;
  const tools = join(root, 'node_modules', '.bin');
  // stdout belongs to the one line of JSON, so the build writes to stderr.
  const { status } = spawnSync(
    join(tools, 'turbo'),
    ['run', 'build', '--filter=@gatewright/gateway-simulator', '--output-logs=errors-only'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1' },
    },
  );
  return status ?? 1;
};

const built = buildInWorkspace();
if (built !== 0) process.exit(built);
const { runCli } = await import('../dist/cli.js');
const running = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
if (typeof running === 'number') {
  process.exitCode = running;
} else {
  const stop = () => void running().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
