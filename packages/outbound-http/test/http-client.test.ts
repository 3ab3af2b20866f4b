import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpClient, HttpRequest } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { createNodeHttpClient, type NodeHttpClientSettings } from '../src/index.ts';
import { httpServer, type Loopback } from './loopback.ts';

const SECRET = 'sk_live_secret';
const START = Date.parse('2026-03-24T12:00:00Z');

type Step = (request: IncomingMessage, response: ServerResponse) => void;

const answer =
  (status: number, body = '', headers: Record<string, string> = {}): Step =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Answers one step per request, the last one for ever. */
const scripted = async (...steps: readonly Step[]): Promise<Loopback & { readonly seen: string[] }> => {
  const seen: string[] = [];
  const server = await httpServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    steps[Math.min(seen.length, steps.length) - 1]?.(request, response);
  });
  return { ...server, seen };
};

/** A client on a virtual clock: sleeping moves the clock and is written down. */
const virtualClient = (settings: NodeHttpClientSettings = {}) => {
  let now = START;
  const slept: number[] = [];
  const client: HttpClient = createNodeHttpClient({
    sandbox: true,
    timeoutMs: 400,
    maxBytes: 10_000,
    clock: { now: () => now },
    random: () => 0.5,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    ...settings,
  });
  const send = (server: Loopback, request: Partial<HttpRequest> = {}) =>
    client({
      method: 'POST',
      url: `http://127.0.0.1:${server.port}/invoices?key=${SECRET}`,
      headers: { 'x-api-key': SECRET },
      body: '{}',
      retry: 'safe',
      ...request,
    });
  const advance = (ms: number): void => {
    now += ms;
  };
  return { client, send, slept, advance };
};

describe('repetition', () => {
  it('repeats a safe request after 500 until it succeeds, with doubling waits', async () => {
    await using server = await scripted(answer(500), answer(503), answer(200, '{"ok":true}'));
    const { send, slept } = virtualClient();
    expect(await send(server)).toMatchObject({ outcome: 'ok', status: 200 });
    expect(server.seen).toHaveLength(3);
    expect(slept).toEqual([188, 375]);
  });

  it('jitters by the given randomness only', async () => {
    for (const [random, waits] of [
      [0, [125, 250, 500, 1000, 2000, 2500, 2500]],
      [0.999999, [250, 500, 1000, 2000, 4000, 5000, 5000]],
    ] as const) {
      await using server = await scripted(answer(500));
      const { send, slept } = virtualClient({ random: () => random, retries: 7 });
      await send(server);
      expect(slept).toEqual(waits);
    }
  });

  it('never repeats a "never" request, whatever happened', async () => {
    const steps: readonly Step[] = [
      answer(500),
      answer(429, '', { 'Retry-After': '1' }),
      (request) => request.socket.resetAndDestroy(),
      () => undefined,
    ];
    for (const step of steps) {
      await using server = await scripted(step, answer(200));
      const { send, slept } = virtualClient();
      expect((await send(server, { retry: 'never' })).outcome).not.toBe('ok');
      expect([server.seen.length, slept]).toEqual([1, []]);
    }
  });

  it('repeats a safe request after a reset and after a timeout', async () => {
    await using server = await scripted(
      (request) => request.socket.resetAndDestroy(),
      () => undefined,
      answer(200),
    );
    expect(await virtualClient().send(server)).toMatchObject({ outcome: 'ok' });
    expect(server.seen).toHaveLength(3);
  });

  it('gives up after the last repetition and reports the last outcome', async () => {
    await using server = await scripted(answer(500), answer(502), answer(503));
    const outcome = await virtualClient().send(server);
    expect(outcome).toEqual({ outcome: 'ambiguous', reason: 'server-error', status: 503 });
    expect(server.seen).toHaveLength(3);
  });

  it('does not repeat what will not change', async () => {
    for (const step of [answer(400), answer(404), answer(301), answer(200, 'x'.repeat(10_001))]) {
      await using server = await scripted(step, answer(200));
      const { send } = virtualClient();
      await send(server);
      expect(server.seen).toHaveLength(1);
    }
    const { client, slept } = virtualClient();
    for (const url of ['https://10.0.0.1/', 'ftp://a.example/', 'http://192.168.0.1/']) {
      await client({ method: 'GET', url, headers: {}, retry: 'safe' });
    }
    expect(slept).toEqual([]);
  });
});

describe('outcomes', () => {
  it.each<[string, Step, object]>([
    ['401', answer(401, 'no'), { outcome: 'refused', status: 401 }],
    ['404', answer(404), { outcome: 'refused', status: 404 }],
    ['a redirect', answer(307, 'x', { Location: '/' }), { outcome: 'refused', status: 307 }],
    ['204', answer(204), { outcome: 'ok', status: 204 }],
    ['500', answer(500), { outcome: 'ambiguous', reason: 'server-error', status: 500 }],
    [
      '503 with a code',
      answer(503, '{"code":"busy"}'),
      { outcome: 'ambiguous', reason: 'server-error', status: 503, code: 'busy' },
    ],
    ['too much', answer(200, 'x'.repeat(10_001)), { outcome: 'ambiguous', reason: 'too-large', status: 200 }],
    ['a refusal of too many words', answer(422, 'x'.repeat(10_001)), { outcome: 'refused', status: 422 }],
    ['silence', () => undefined, { outcome: 'ambiguous', reason: 'timeout-after-send' }],
    ['a reset', (request) => request.socket.resetAndDestroy(), { outcome: 'ambiguous', reason: 'reset' }],
  ])('of %s', async (_what, step, expected) => {
    await using server = await scripted(step);
    expect(await virtualClient().send(server, { retry: 'never' })).toMatchObject(expected);
  });

  it('of a refusal whose body never ends', async () => {
    await using server = await scripted((_request, response) => {
      response.writeHead(422).write('{"errors":');
    });
    const outcome = await virtualClient().send(server, { retry: 'never' });
    expect(outcome).toMatchObject({ outcome: 'refused', status: 422, body: new Uint8Array() });
  });

  it('hold no credential of ours, even where the other side repeats it', async () => {
    const echo =
      (status: number): Step =>
      (request, response) => {
        const said = `${request.url} ${request.headers['x-api-key']}`;
        response.writeHead(status, { Location: said, 'X-Echo': said }).end(said);
      };
    const steps: readonly Step[] = [echo(302), echo(500), echo(429), () => undefined];
    for (const step of [...steps, (request: IncomingMessage) => request.socket.resetAndDestroy()]) {
      await using server = await scripted(step);
      const outcome = await virtualClient().send(server, { retry: 'never' });
      const body = 'body' in outcome ? new TextDecoder().decode(outcome.body) : '';
      expect(JSON.stringify(outcome) + body).not.toContain(SECRET);
    }
    const { client } = virtualClient({ resolve: async (host) => Promise.reject(new Error(host)) });
    for (const url of [`https://u:${SECRET}@a.example/`, `https://${SECRET}.example/`, SECRET]) {
      const outcome = await client({ method: 'GET', url, headers: {}, retry: 'never' });
      expect(JSON.stringify(outcome)).not.toContain(SECRET);
    }
  });
});

describe('429', () => {
  const http = (ms: number): string => new Date(START + ms).toUTCString();

  it.each([
    ['seconds in the header', answer(429, '', { 'Retry-After': '3' }), 3000],
    ['a date in the header', answer(429, '', { 'Retry-After': http(4000) }), 4000],
    ['Gatenoc: retry_after_seconds', answer(429, '{"message":"Too many","retry_after_seconds":2}'), 2000],
    ['the longer of both', answer(429, '{"retry_after_seconds":5}', { 'Retry-After': '1' }), 5000],
  ])('waits for %s, then repeats', async (_what, step, waitMs) => {
    await using server = await scripted(step, answer(200));
    const { send, slept } = virtualClient();
    expect(await send(server)).toMatchObject({ outcome: 'ok' });
    expect(slept).toEqual([waitMs]);
  });

  it('backs off by itself when nothing is said', async () => {
    await using server = await scripted(answer(429), answer(200));
    const { send, slept } = virtualClient();
    expect(await send(server)).toMatchObject({ outcome: 'ok' });
    expect(slept).toEqual([188]);
  });

  it('hands a long wait to the caller, and sends nothing for the account until it is over', async () => {
    await using server = await scripted(answer(429, '', { 'Retry-After': '60' }), answer(200));
    const { send, slept, advance } = virtualClient();
    const limited = (retryAfterMs: number) => ({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs,
    });
    expect(await send(server)).toEqual(limited(60_000));
    advance(10_000);
    expect(await send(server, { retry: 'never' })).toEqual(limited(50_000));
    expect(server.seen).toHaveLength(1);
    advance(45_000);
    expect(await send(server, { retry: 'never' })).toMatchObject({ outcome: 'ok' });
    expect(slept).toEqual([5_000]);
  });
});

describe('the rate limit of an account', () => {
  it('spreads calls over the window and reports a turn that is too far away', async () => {
    await using server = await scripted(answer(200));
    const { send, slept } = virtualClient({ rateLimit: { requests: 2, perMs: 1000 }, maxWaitMs: 1500 });
    for (let call = 0; call < 5; call += 1) expect(await send(server)).toMatchObject({ outcome: 'ok' });
    expect(slept).toEqual([1000, 1000]);
    const far = virtualClient({ rateLimit: { requests: 1, perMs: 60_000 } });
    expect(await far.send(server)).toMatchObject({ outcome: 'ok' });
    expect(await far.send(server, { retry: 'never' })).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 60_000,
    });
  });

  it('counts repetitions too', async () => {
    await using server = await scripted(answer(500), answer(200));
    const { send, slept } = virtualClient({ rateLimit: { requests: 1, perMs: 5000 } });
    expect(await send(server)).toMatchObject({ outcome: 'ok' });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(5000);
  });
});

describe('a pause that comes while a call waits for its turn', () => {
  it('moves the call behind the pause', async () => {
    await using server = await scripted(answer(429, '', { 'Retry-After': '5' }), answer(200));
    const awake: (() => void)[] = [];
    const slept: number[] = [];
    let now = START;
    const { send } = virtualClient({
      clock: { now: () => now },
      rateLimit: { requests: 1, perMs: 1000 },
      sleep: (ms) => {
        slept.push(ms);
        return new Promise((resolve) => awake.push(resolve));
      },
    });
    const first = send(server, { retry: 'never' });
    const second = send(server, { retry: 'never' });
    expect(await first).toMatchObject({ reason: 'rate-limited', retryAfterMs: 5000 });
    now += 1000;
    awake.shift()?.();
    await expect.poll(() => slept).toEqual([1000, 4000]);
    expect(server.seen).toHaveLength(1);
    now += 4000;
    awake.shift()?.();
    expect(await second).toMatchObject({ outcome: 'ok' });
  });
});

describe('createNodeHttpClient', () => {
  it('refuses http and this machine unless the operator opened the sandbox', async () => {
    await using server = await scripted(answer(200));
    const strict = createNodeHttpClient({ retries: 0 });
    const get = (url: string, client = strict) => client({ method: 'GET', url, headers: {}, retry: 'safe' });
    expect(await get(`http://127.0.0.1:${server.port}/`)).toEqual({
      outcome: 'unavailable',
      reason: 'blocked-url',
    });
    expect(await get(`https://localhost:${server.port}/`)).toEqual({
      outcome: 'unavailable',
      reason: 'blocked-address',
    });
    expect(server.connections()).toBe(0);
    const open = createNodeHttpClient({ sandbox: true });
    expect(await get(`http://localhost:${server.port}/`, open)).toMatchObject({ outcome: 'ok', status: 200 });
  });
});
