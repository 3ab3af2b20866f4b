import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { parseCliArguments } from './cli.ts';
import { gatewayIds } from './index.ts';

const bin = fileURLToPath(new URL('../bin/gateway-simulator.js', import.meta.url));

const run = (...args: string[]) => {
  const child: ChildProcess = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const collected = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    collected.out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    collected.err += chunk;
  });
  const exit = once(child, 'exit');
  return { child, collected, exit };
};

const gatewaySchema = z.object({
  baseUrl: z.string(),
  config: z.object({ baseUrl: z.string(), token: z.string().optional() }),
});
const printedSchema = z.object({
  control: z.object({ url: z.string() }),
  gateways: z.object({ 'crypto-pay': gatewaySchema }).catchall(gatewaySchema),
});

/** The first run builds the package and what it depends on. */
const BUILD_TIMEOUT_MS = 180_000;

it(
  'prints one line of JSON that a client can be configured from, and stops on SIGTERM',
  async () => {
    const { child, collected, exit } = run('--port', '0', '--json');
    await Promise.race([once(child.stdout ?? child, 'data'), exit]);
    expect(collected.out, collected.err).toMatch(/^\{.*\}\n$/);
    const printed = printedSchema.parse(JSON.parse(collected.out));
    expect(Object.keys(printed.gateways)).toEqual(gatewayIds);
    for (const { baseUrl, config } of Object.values(printed.gateways))
      expect(config.baseUrl).toContain(baseUrl);
    const { baseUrl, token = '' } = printed.gateways['crypto-pay'].config;
    const me = await fetch(`${baseUrl}/getMe`, { headers: { 'Crypto-Pay-API-Token': token } });
    expect(me.status).toBe(200);
    const clock = await fetch(`${printed.control.url}/clock`);
    expect(((await clock.json()) as { now: number }).now).toBeGreaterThan(Date.UTC(2025, 0));
    child.kill('SIGTERM');
    expect((await exit)[0]).toBe(0);
    expect(collected.out.trim().split('\n')).toHaveLength(1);
  },
  BUILD_TIMEOUT_MS,
);

it(
  'answers bad arguments on stderr with exit code 2',
  async () => {
    const { collected, exit } = run('--port', 'http');
    expect((await exit)[0]).toBe(2);
    expect(collected.out).toBe('');
    expect(collected.err).toContain('--port: not a port: http');
  },
  BUILD_TIMEOUT_MS,
);

it.each([
  [['--port', '65536']],
  [['--seed', '-1']],
  [['--gateways', 'crypto-pay,paypal']],
  [['--verbose']],
  [['surplus']],
])('refuses %j', (args) => expect(parseCliArguments(args)).toMatchObject({ ok: false }));

it('reads its options', () => {
  expect(
    parseCliArguments(['--gateways', 'crypto-pay', '--seed', '9', '--frozen-clock', '--port', '8080']),
  ).toEqual({
    ok: true,
    options: { port: 8080, seed: 9, gateways: ['crypto-pay'], frozenClock: true, json: false, help: false },
  });
});
