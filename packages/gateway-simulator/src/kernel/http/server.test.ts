import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultBoard, type FaultBoard } from '../faults.ts';
import { jsonReply } from './reply.ts';
import { type Host, openHost } from './server.ts';

let faults: FaultBoard;
let host: Host;
let waits: number[];
let effects: string[];

beforeEach(async () => {
  faults = createFaultBoard({ impossible: [], routes: () => ['pay'] });
  waits = [];
  effects = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  host = await openHost({ faults, wait, latencyMs: 5 });
  host.serve(
    {
      routes: [
        {
          name: 'pay',
          methods: ['POST'],
          path: '/pay/:id',
          handle: ({ params }) => {
            effects.push(params.id ?? '');
            return jsonReply(201, '{}');
          },
        },
        {
          name: 'buggy',
          methods: ['GET'],
          path: '/bug/',
          handle: () => {
            throw new Error('broken');
          },
        },
      ],
      fallback: (_request, allowed) => jsonReply(allowed.length > 0 ? 405 : 404, JSON.stringify(allowed)),
    },
    {
      status: (status) => jsonReply(status, '{"native":"error"}'),
      rateLimited: () => jsonReply(429, '{"retry":1}'),
    },
  );
});
afterEach(() => host.close());

const pay = (id = 'a%2Fb', init: RequestInit = {}) =>
  fetch(`${host.url}/pay/${id}`, { method: 'POST', ...init });

it('routes by method and path, slash and all, and decodes parameters', async () => {
  expect((await pay()).status).toBe(201);
  expect(effects).toEqual(['a/b']);
  expect((await fetch(`${host.url}/pay/1`)).status).toBe(405);
  expect((await fetch(`${host.url}/pay/1/`, { method: 'POST' })).status).toBe(404);
  expect((await pay('')).status).toBe(404);
  expect((await pay('%E0%A4%A')).status).toBe(404);
  expect((await fetch(`${host.url}/bug`)).status).toBe(404);
});

it('refuses a body above 1 MiB with 413', async () => {
  expect((await pay('1', { body: 'x'.repeat(1_048_576) })).status).toBe(201);
  const tooBig = await pay('2', { body: 'x'.repeat(1_048_577) }).then(({ status }) => status);
  expect(tooBig).toBe(413);
  expect(effects).toEqual(['1']);
});

it('names a bug of its own without a stack trace', async () => {
  const response = await fetch(`${host.url}/bug/`);
  expect([response.status, await response.text()]).toEqual([500, '{"simulatorBug":"broken"}']);
});

describe('faults', () => {
  it('status and rate-limit answer natively and have no effect', async () => {
    faults.add({ kind: 'status', status: 502, route: 'pay' });
    const failed = await pay();
    expect([failed.status, await failed.text()]).toEqual([502, '{"native":"error"}']);
    faults.add({ kind: 'rate-limit' });
    expect((await pay()).status).toBe(429);
    expect(effects).toEqual([]);
    expect((await pay()).status).toBe(201);
  });

  it('timeout-before-commit cuts the connection without effect, timeout-after-commit with it', async () => {
    faults.add({ kind: 'timeout-before-commit' });
    await expect(pay('before')).rejects.toThrow('fetch failed');
    faults.add({ kind: 'timeout-after-commit' });
    await expect(pay('after')).rejects.toThrow('fetch failed');
    expect(effects).toEqual(['after']);
  });

  it('hang never answers', async () => {
    faults.add({ kind: 'timeout-after-commit', hang: true });
    await expect(pay('hung', { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    expect(effects).toEqual(['hung']);
  });

  it('latency adds to the knob', async () => {
    faults.add({ kind: 'latency', ms: 20 });
    await pay();
    await pay();
    expect(waits).toEqual([25, 5]);
  });
});
