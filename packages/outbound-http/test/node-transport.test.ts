import type { EgressOutcome, HttpRequest } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { createNodeEgress, type NodeEgressSettings } from '../src/index.ts';
import { httpServer, httpsServer, tcpServer } from './loopback.ts';
import { selfSigned } from './self-signed.ts';

const TIMEOUT_MS = 400;
const SECRET = 'sk_live_secret';

const call = (
  url: string,
  request: Partial<HttpRequest> = {},
  settings: NodeEgressSettings = {},
): Promise<EgressOutcome> =>
  createNodeEgress({ sandbox: true, maxBytes: 10_000, timeoutMs: TIMEOUT_MS, ...settings })({
    method: 'GET',
    url,
    headers: { Authorization: `Bearer ${SECRET}` },
    ...request,
  });

const text = (outcome: EgressOutcome): string =>
  outcome.outcome === 'answered' ? new TextDecoder().decode(outcome.body) : outcome.outcome;

describe('an exchange', () => {
  it('sends method, path, headers and body, and returns status, headers and bytes', async () => {
    await using server = await httpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, {
          'X-Seen': `${request.method} ${request.url}`,
          'Set-Cookie': ['a=1', 'b=2'],
        });
        const { host, authorization, connection } = request.headers;
        const body = Buffer.concat(chunks).toString();
        response.end(
          JSON.stringify({ host, authorization, connection, agent: request.headers['user-agent'], body }),
        );
      });
    });
    const url = `http://127.0.0.1:${server.port}/a%20b?c=d&e=1`;
    const outcome = await call(url, { method: 'POST', body: '{"amount":49.90,"n":"é"}' });
    expect(outcome).toMatchObject({
      outcome: 'answered',
      status: 201,
      headers: { 'x-seen': 'POST /a%20b?c=d&e=1', 'set-cookie': 'a=1, b=2' },
    });
    expect(JSON.parse(text(outcome))).toEqual({
      host: `127.0.0.1:${server.port}`,
      authorization: `Bearer ${SECRET}`,
      connection: 'close',
      agent: 'gatewright',
      body: '{"amount":49.90,"n":"é"}',
    });
  });

  it('returns answers of any status without throwing', async () => {
    await using server = await httpServer((request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end('x');
    });
    for (const status of [200, 204, 400, 401, 404, 422, 429, 500, 503]) {
      const outcome = await call(`http://127.0.0.1:${server.port}/${status}`);
      expect(outcome).toMatchObject({ outcome: 'answered', status });
    }
  });

  it('does not follow a redirect, to wherever it points', async () => {
    await using target = await httpServer((_request, response) => response.end('stolen'));
    await using server = await httpServer((_request, response) => {
      response.writeHead(301, { Location: `http://127.0.0.1:${target.port}/` });
      // The body is never finished: the status alone decides.
      response.write('moved');
    });
    for (const method of ['GET', 'POST'] as const) {
      const outcome = await call(`http://127.0.0.1:${server.port}/`, { method });
      expect(outcome).toMatchObject({ outcome: 'answered', status: 301, body: new Uint8Array() });
    }
    expect([server.connections(), target.connections()]).toEqual([2, 0]);
  });

  it('stops reading at the size limit, announced or not', async () => {
    let written = 0;
    await using server = await httpServer((request, response) => {
      if (request.url === '/announced') response.writeHead(200, { 'Content-Length': '10001' }).flushHeaders();
      else if (request.url === '/exact') response.end('x'.repeat(10_000));
      else {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(1000))) written += 1000;
        };
        response.on('drain', more);
        more();
      }
    });
    const at = (path: string) => call(`http://127.0.0.1:${server.port}${path}`, {}, { timeoutMs: 5000 });
    expect(await at('/announced')).toMatchObject({ outcome: 'too-large', status: 200 });
    expect(await at('/endless')).toMatchObject({ outcome: 'too-large', status: 200 });
    expect(text(await at('/exact'))).toHaveLength(10_000);
    expect(written).toBeLessThan(50_000_000);
  });
});

describe('a deadline', () => {
  it('before anything was sent: the handshake never ends', async () => {
    await using server = await tcpServer(() => undefined);
    const outcome = await call(`https://127.0.0.1:${server.port}/`);
    expect(outcome).toEqual({ outcome: 'unavailable', reason: 'not-sent' });
    expect(server.connections()).toBe(1);
  });

  it('after sending, before the status', async () => {
    await using server = await httpServer(() => undefined);
    const outcome = await call(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: '{}' });
    expect(outcome).toEqual({ outcome: 'ambiguous', reason: 'timeout-after-send' });
    expect(server.connections()).toBe(1);
  });

  it('within a body that drips for ever', async () => {
    await using server = await httpServer((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const outcome = await call(`http://127.0.0.1:${server.port}/`);
    expect(outcome).toEqual({ outcome: 'ambiguous', reason: 'timeout-after-send', status: 200 });
  });

  it('of the request itself, when it is shorter', async () => {
    await using server = await httpServer((_request, response) => {
      setTimeout(() => response.end('late'), 200);
    });
    const url = `http://127.0.0.1:${server.port}/`;
    expect(text(await call(url))).toBe('late');
    expect(await call(url, { timeoutMs: 50 })).toEqual({
      outcome: 'ambiguous',
      reason: 'timeout-after-send',
    });
  });
});

describe('a broken connection', () => {
  const hangUp = (how: 'reset' | 'end', answer = '') =>
    tcpServer((socket) => {
      socket.once('data', () => {
        if (answer !== '') socket.write(answer);
        setTimeout(() => (how === 'reset' ? socket.resetAndDestroy() : socket.end()), 20);
      });
    });

  it.each(['GET', 'POST'] as const)(
    'after a %s was sent is ambiguous, and nothing is sent twice',
    async (method) => {
      for (const how of ['reset', 'end'] as const) {
        await using server = await hangUp(how);
        expect(await call(`http://127.0.0.1:${server.port}/`, { method })).toEqual({
          outcome: 'ambiguous',
          reason: 'reset',
        });
        expect(server.connections()).toBe(1);
      }
    },
  );

  it('within the body keeps the status', async () => {
    await using server = await hangUp('reset', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc');
    expect(await call(`http://127.0.0.1:${server.port}/`)).toEqual({
      outcome: 'ambiguous',
      reason: 'reset',
      status: 200,
    });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a header without end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'an upgrade nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
  ])('counts %s as one', async (_what, answer) => {
    await using server = await hangUp('end', answer);
    const outcome = await call(`http://127.0.0.1:${server.port}/`);
    expect(outcome).toMatchObject({ outcome: 'ambiguous', reason: 'reset' });
  });

  it('waits for the final answer behind an interim one', async () => {
    const answer =
      'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    await using server = await hangUp('end', answer);
    expect(await call(`http://127.0.0.1:${server.port}/`)).toMatchObject({
      outcome: 'answered',
      status: 200,
    });
  });

  it('before it stood: nothing listens there', async () => {
    const server = await tcpServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const url = `http://127.0.0.1:${server.port}/`;
    expect(await call(url, { method: 'POST' })).toEqual({ outcome: 'unavailable', reason: 'not-sent' });
  });

  it('never happens for a header that could not be written', async () => {
    await using server = await httpServer((_request, response) => response.end());
    const headers = { 'x-api-key': `${SECRET}\r\nX-Injected: 1` };
    const outcome = await call(`http://127.0.0.1:${server.port}/`, { headers });
    expect(outcome).toEqual({ outcome: 'unavailable', reason: 'not-sent' });
  });
});

describe('TLS', () => {
  const certificate = selfSigned('pay.example.com');
  const resolve = async () => ['127.0.0.1'];
  const secure = () =>
    httpsServer(certificate, (request, response) => {
      // Node's https server gives a TLSSocket.
      const { servername } = request.socket as typeof request.socket & { servername?: string };
      response.end(JSON.stringify({ servername, host: request.headers.host }));
    });

  it('keeps the name in the handshake and in the Host header while the address is pinned', async () => {
    await using server = await secure();
    const url = `https://pay.example.com:${server.port}/`;
    const outcome = await call(url, {}, { resolve, ca: certificate.cert });
    expect(text(outcome)).toBe(`{"servername":"pay.example.com","host":"pay.example.com:${server.port}"}`);
  });

  it('tries the next checked address when one does not answer', async () => {
    await using server = await secure();
    const both = async () => ['::1', '127.0.0.1'];
    const url = `https://pay.example.com:${server.port}/`;
    const outcome = await call(url, {}, { resolve: both, ca: certificate.cert, timeoutMs: 3000 });
    expect(outcome).toMatchObject({ outcome: 'answered', status: 200 });
  });

  it('refuses a certificate that nobody vouches for, or that names another host', async () => {
    await using server = await secure();
    const refused = { outcome: 'unavailable', reason: 'tls' };
    expect(await call(`https://pay.example.com:${server.port}/`, {}, { resolve })).toEqual(refused);
    const other = `https://other.example.com:${server.port}/`;
    expect(await call(other, {}, { resolve, ca: certificate.cert })).toEqual(refused);
  });

  it('refuses a server that speaks no TLS', async () => {
    await using server = await httpServer((_request, response) => response.end());
    const outcome = await call(`https://127.0.0.1:${server.port}/`);
    expect(outcome).toMatchObject({ outcome: 'unavailable' });
  });
});
