import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  createJsonEndpointRates,
  currencyCodeSchema,
  hours,
  minutes,
  ratePointersSchema,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type Endpoint, json, openEndpoint } from './endpoint.ts';

const start = Date.UTC(2026, 5, 1, 12);
const iso = (at: number) => new Date(at).toISOString();
const code = (text: string) => currencyCodeSchema.parse(text);

interface Options {
  readonly url?: string;
  readonly pointers?: Record<string, string>;
  readonly sandbox?: boolean;
}

/** The source over a real socket to an endpoint that says `body` first. */
const open = async (body: string | Uint8Array, { url, pointers, sandbox = true }: Options = {}) => {
  const endpoint = await openEndpoint(json(body));
  const clock = { time: start, now: () => clock.time };
  const faults: string[] = [];
  const rates = createJsonEndpointRates({
    url: url ?? `${endpoint.url}/latest?key=k`,
    http: createNodeHttpClient({ sandbox, clock, timeoutMs: 400, maxBytes: 4_096 }),
    clock,
    onFault: (reason) => faults.push(reason),
    ...(pointers ? { pointers: ratePointersSchema.parse(pointers) } : {}),
  });
  const ask = (from = 'TON', to = 'USD') => rates.rate(code(from), code(to), clock.time);
  return { endpoint, clock, faults, ask };
};

const row = (change: Record<string, unknown> = {}) => ({
  from: 'TON',
  to: 'USD',
  value: '3.20',
  at: iso(start - minutes(1)),
  ...change,
});

describe('rows of our own shape', () => {
  it.each([
    ['a list', JSON.stringify([row()])],
    ['a list under "rates"', JSON.stringify({ rates: [row()], by: 'us' })],
    ['one row', JSON.stringify(row())],
    ['lower case', JSON.stringify([row({ from: 'ton', to: 'usd' })])],
  ])('%s: the value, the host and the time it held', async (_what, body) => {
    const { ask, endpoint, faults } = await open(body);
    expect(await ask()).toEqual({
      from: 'TON',
      to: 'USD',
      value: '3.20',
      source: '127.0.0.1',
      at: start - minutes(1),
    });
    expect(await ask('USD', 'TON')).toMatchObject({ value: '0.3125', at: start - minutes(1) });
    expect(endpoint.asked).toEqual(['/latest?key=k']);
    expect(faults).toEqual([]);
  });

  it.each([
    ['3.1415926535897932384626433', '3.1415926535897932384626433'],
    ['1.5e-7', '0.00000015'],
    ['2E2', '200'],
  ])('a JSON number %s keeps every digit', async (number, value) => {
    const { ask } = await open(`[{"from":"TON","to":"USD","value":${number},"at":${start / 1_000}}]`);
    expect(await ask()).toMatchObject({ value, at: start });
  });

  it('is as fresh as its own time says, however lately it was fetched', async () => {
    const old = { at: iso(start - minutes(5) - 1) };
    const { ask, endpoint, clock } = await open(JSON.stringify([row(old), row({ from: 'EUR', ...old })]));
    expect(await ask()).toBeUndefined();
    expect(await ask('EUR')).toMatchObject({ value: '3.20' });
    clock.time += minutes(1);
    endpoint.answer = json(JSON.stringify([row({ at: iso(clock.time) })]));
    expect(await ask()).toMatchObject({ at: clock.time });
    clock.time += minutes(5);
    expect(await ask()).toMatchObject({ at: clock.time - minutes(5) });
    expect(endpoint.asked).toHaveLength(2);
  });

  it('does not believe a time that lies ahead', async () => {
    const { ask } = await open(JSON.stringify([row({ at: iso(start + minutes(2)) })]));
    expect(await ask()).toBeUndefined();
  });

  it.each([
    { value: '0' },
    { value: '-3.2' },
    { value: null },
    { value: '1e400' },
    { value: '9'.repeat(40) },
    { value: 'NaN' },
    { at: undefined },
    { at: 'yesterday' },
    { at: start },
    { to: 'TON' },
    { to: 'dollar bills' },
  ])('an unusable row %j is ignored, its neighbours are not', async (change) => {
    const { ask } = await open(JSON.stringify([row(change), row({ from: 'BTC', value: '96000' })]));
    expect(await ask()).toBeUndefined();
    expect(await ask('BTC')).toMatchObject({ value: '96000' });
  });

  it('a pair with two values has none', async () => {
    const { ask } = await open(JSON.stringify([row(), row({ value: '3.21' })]));
    expect(await ask()).toBeUndefined();
  });

  it('crosses nothing', async () => {
    const { ask } = await open(
      JSON.stringify([row({ from: 'USDT', value: '1' }), row({ from: 'USDT', to: 'EUR', value: '0.9' })]),
    );
    expect(await ask('EUR', 'USD')).toBeUndefined();
  });
});

describe('places in any JSON', () => {
  const pointers = { 'TON/USD': '/the-open-network/usd', 'EUR/USD': '/fiat/0/rate' };
  const body = '{"the-open-network":{"usd":3.2001},"fiat":[{"rate":"1.0834"}]}';

  it('hold from the moment the answer arrived', async () => {
    const { ask, clock, endpoint } = await open(body, { pointers });
    expect(await ask()).toMatchObject({ value: '3.2001', at: start });
    clock.time += hours(20);
    expect(await ask('EUR')).toMatchObject({ value: '1.0834', at: start });
    expect(endpoint.asked).toHaveLength(1);
    expect(await ask()).toMatchObject({ at: clock.time });
  });

  it('nothing readable there is a fault, and no rate', async () => {
    const { ask, faults } = await open('{"the-open-network":{"usd":"n/a"}}', { pointers });
    expect(await ask()).toBeUndefined();
    expect(faults).toEqual(['answer-without-rates']);
  });
});

describe('an endpoint that misbehaves', () => {
  const ok = JSON.stringify([row()]);
  const silent: Endpoint['answer'] = () => undefined;
  const redirect: Endpoint['answer'] = (_request, response) =>
    response.writeHead(302, { location: '/elsewhere' }).end();

  it.each<[string, Endpoint['answer']]>([
    ['http-302', redirect],
    ['unauthorized', json(ok, 401)],
    ['server-error', json(ok, 503)],
    ['rate-limited', json(ok, 429)],
    ['timeout-after-send', silent],
    ['reset', (request) => request.socket.destroy()],
    ['too-large', json(`${ok}${' '.repeat(5_000)}`)],
    ['answer-not-json', json('<html>')],
    ['answer-not-json', json(`\ufeff${ok}`)],
    ['answer-not-json', json(Uint8Array.of(0x5b, 0xff, 0x5d))],
    ['answer-not-json', json('[{"from":"TON","from":"BTC","to":"USD","value":"3"}]')],
    ['answer-not-json', json('{"__proto__":{"rates":[]}}')],
    ['answer-not-understood', json('"3.2"')],
    ['answer-without-rates', json('[]')],
  ])('%s: no rate, one call, and the reason is told', async (reason, answer) => {
    const { ask, endpoint, faults } = await open(ok);
    endpoint.answer = answer;
    expect(await ask()).toBeUndefined();
    expect(await ask()).toBeUndefined();
    expect(faults).toEqual([reason]);
    expect(endpoint.asked).toHaveLength(1);
  });

  it('invariant 12: neither http nor this machine is called outside a sandbox', async () => {
    const http = await open(ok, { sandbox: false });
    expect(await http.ask()).toBeUndefined();
    expect(http.faults).toEqual(['blocked-url']);
    const local = await open(ok, { sandbox: false, url: 'https://127.0.0.1:1/' });
    expect(await local.ask()).toBeUndefined();
    expect(local.faults).toEqual(['blocked-address']);
    expect(http.endpoint.asked).toEqual([]);
  });
});
