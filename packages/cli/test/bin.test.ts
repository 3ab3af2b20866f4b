import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineOf, senders } from '../src/verify/signed-line.fixture.ts';

const bin = fileURLToPath(new URL('../bin/gatewright.js', import.meta.url));
const shim = fileURLToPath(new URL('../../../node_modules/.bin/gatewright', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const run = (
  command: string,
  args: readonly string[],
  { input = '', cwd = tmpdir() }: { readonly input?: string; readonly cwd?: string } = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    // A command that ends early does not read its input.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
    child.stdin.end(input);
  });

const gatewright = (args: readonly string[], options?: Parameters<typeof run>[2]): Promise<Ended> =>
  run(process.execPath, [bin, ...args], options);

const oldNode = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.11.0"})',
] as const;

const answersOf = (out: string) =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

const everyGateway = senders.map(({ gateway }) => `${lineOf(gateway)}\n`).join('');

// Builds what is missing or stale, once, so that the tests below find it done.
beforeAll(async () => {
  expect(await gatewright(['--help'])).toMatchObject({ code: 0 });
}, 180_000);

describe('gatewright verify as a process', () => {
  it('writes answers and nothing else to standard output, from any folder', async () => {
    const { code, out, err } = await gatewright(['verify'], { input: `${everyGateway}nonsense\n` });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answersOf(out).map(({ verdict }) => verdict)).toEqual([...senders.map(() => 'accept'), 'reject']);
  });

  it('works as the command that npm links', async () => {
    const { code, out } = await run(shim, ['verify'], { input: everyGateway });
    expect(code).toBe(0);
    expect(answersOf(out)).toHaveLength(senders.length);
  });

  it('answers nothing to nothing', async () => {
    expect(await gatewright(['verify'])).toEqual({ code: 0, out: '', err: '' });
  });

  it('takes bodies above 1 MiB, among others', async () => {
    const big = lineOf('crypto-pay', { id: 'big', body: `{"a":"${'x'.repeat(3_000_000)}"}` });
    const { code, out } = await gatewright(['verify'], { input: `${big}\n${everyGateway}` });
    expect(code).toBe(0);
    expect(answersOf(out)[0]).toMatchObject({ id: 'big', layer: 'transport', reason: 'body-too-large' });
    expect(answersOf(out)).toHaveLength(senders.length + 1);
  });

  it('ends with 2 when it is used wrongly, and answers nothing', async () => {
    for (const args of [[], ['verify', 'file.json'], ['verify', '--all'], ['verfiy']]) {
      const { code, out, err } = await gatewright(args, { input: everyGateway });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).not.toBe('');
    }
  });

  it('ends with 1 when nobody reads the answers to their end', async () => {
    const child = spawn(process.execPath, [bin, 'verify'], { cwd: tmpdir() });
    const err: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.stdin.end(everyGateway.repeat(2_000));
    expect(await ended).toBe(1);
    expect(Buffer.concat(err).toString()).toMatch(/^cause: {2}The answers were not read/);
  });
});

describe('an older Node', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatewright-bin-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('hands over to the one that this repository pins, with input, answers and exit code', async () => {
    const verified = await run(process.execPath, [...oldNode, bin, 'verify'], { input: everyGateway });
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(answersOf(verified.out)).toHaveLength(senders.length);
    expect(await run(process.execPath, [...oldNode, bin, 'nope'])).toMatchObject({ code: 2, out: '' });
  });

  it('outside the repository says what is needed', async () => {
    const installed = join(folder, 'node_modules', '@gatewright', 'cli');
    await mkdir(installed, { recursive: true });
    await cp(join(bin, '..'), join(installed, 'bin'), { recursive: true });
    await cp(join(bin, '..', '..', 'package.json'), join(installed, 'package.json'));
    const { code, out, err } = await run(process.execPath, [
      ...oldNode,
      join(installed, 'bin', 'gatewright.js'),
    ]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('needs Node 22.18 or newer; this is v20.11.0');
    expect(err).toMatch(/cause: .*\neffect: .*\nremedy: /);
  });
});
