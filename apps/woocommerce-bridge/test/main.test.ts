import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import tsdownConfig from '../tsdown.config.ts';

const key = Buffer.alloc(32, 3).toString('base64');

interface Run {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Resolves with the output once this stands in it. */
  readonly until: (text: string) => Promise<string>;
  readonly ended: Promise<number | null>;
}

/** The bridge as its operator starts it: a process of its own with this environment and no other. */
const run = async (
  variables: Record<string, string>,
  main = fileURLToPath(new URL('../src/main.ts', import.meta.url)),
): Promise<Run & { folder: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-main-'));
  const aliases = new URL('support/source-aliases.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', aliases, main], { cwd: folder, env: variables });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = once(child, 'close').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const until = async (wanted: string): Promise<string> => {
    while (!text.includes(wanted) && child.exitCode === null)
      await new Promise((done) => setTimeout(done, 20));
    return text;
  };
  return { process: child, output: () => text, until, ended, folder };
};

const started = z.object({ ledger: z.string(), publicUrl: z.string(), operatorUrl: z.string() });

const startLine = (text: string) => {
  const line = text.split('\n').find((candidate) => candidate.includes('bridge started'));
  return started.parse(JSON.parse(line ?? '{}'));
};

test('without keys the process ends and says cause, effect and remedy', async () => {
  const { ended, output } = await run({ PUBLIC_URL: 'http://pay.example' });
  expect(await ended).toBe(1);
  expect(output()).toContain('cause:  GATEWRIGHT_KEYS: No key is set.');
  expect(output()).toContain('remedy: Make a key with `gatewright keys new`');
  expect(output()).toContain('cause:  PUBLIC_URL is not https.');
  expect(output()).not.toContain('    at ');
});

test('it prints where its ledger is, serves, and ends in order on SIGTERM', async () => {
  const {
    folder,
    process: child,
    until,
    ended,
  } = await run({
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_KEYS: `k1:${key}`,
    PORT: '0',
    OPERATOR_PORT: '0',
  });
  const { ledger, publicUrl, operatorUrl } = startLine(await until('bridge started'));
  expect(ledger).toBe(`sqlite:${join(folder, 'gatewright.db')}`);
  expect((await fetch(`${publicUrl}/readyz`)).status).toBe(200);
  expect((await fetch(`${operatorUrl}/metrics`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('what `npm start` names is built, and the built file serves', async () => {
  const root = new URL('../../../', import.meta.url);
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(JSON.parse(text));
  // From the repository's root, so that `./gatewright.db` is the ledger that `npx gatewright` opens there.
  const [, named = ''] =
    /^cd \.\.\/\.\. && node apps\/woocommerce-bridge\/dist\/(.+)$/.exec(scripts.start) ?? [];
  // Inside the repository, because what it imports is looked up from there.
  const cache = new URL('node_modules/.cache/', root);
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(fileURLToPath(new URL('gatewright-main-', cache)));
  onTestFinished(() => rm(outDir, { recursive: true, force: true }));
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  await build({ ...tsdownConfig, config: false, cwd, outDir, dts: false, logLevel: 'silent' });
  const variables = { GATEWRIGHT_SANDBOX: '1', GATEWRIGHT_KEYS: `k1:${key}`, PORT: '0', OPERATOR_PORT: '0' };
  const { until } = await run(variables, join(outDir, named));
  const { publicUrl } = startLine(await until('bridge started'));
  expect((await fetch(`${publicUrl}/readyz`)).status).toBe(200);
}, 60_000);

test('a port that is taken and a wrong key are said in words', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const variables = { GATEWRIGHT_SANDBOX: '1', GATEWRIGHT_KEYS: `k1:${key}`, PORT: port, OPERATOR_PORT: '0' };
  const taken = await run(variables);
  expect(await taken.ended).toBe(1);
  expect(taken.output()).toContain(`Nothing can listen at port ${port}`);
  const other = Buffer.alloc(32, 4).toString('base64');
  const wrong = await run({
    ...variables,
    PORT: '0',
    GATEWRIGHT_KEYS: `k1:${other}`,
    DATABASE_URL: `sqlite:${join(taken.folder, 'gatewright.db')}`,
  });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain('is not the one that sealed');
  expect(wrong.output()).not.toContain(other);
});
