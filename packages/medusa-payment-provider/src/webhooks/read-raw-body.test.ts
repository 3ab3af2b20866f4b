import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type RawBodyRequest, readRawBody } from './read-raw-body.ts';

const limit = 10;

/** What the reader made of a request over a real connection; the request is answered afterwards. */
const readOver = async (
  send: (port: number) => unknown,
  before: (request: RawBodyRequest) => Promise<void> = async () => undefined,
): Promise<{ body: Uint8Array | undefined; answered: boolean }> => {
  const got = Promise.withResolvers<{ body: Uint8Array | undefined; answered: boolean }>();
  const server = createServer(async (request: IncomingMessage, response) => {
    await before(request);
    const body = await readRawBody(request, limit);
    const answered = !request.destroyed && response.writable;
    response.end();
    got.resolve({ body, answered });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  send(typeof address === 'object' && address !== null ? address.port : 0);
  return got.promise;
};

const post = (body: string | undefined) => (port: number) =>
  fetch(`http://127.0.0.1:${port}/`, { method: 'POST', ...(body === undefined ? {} : { body }) }).catch(
    () => undefined,
  );

const text = (body: Uint8Array | undefined) => body && Buffer.from(body).toString();

it('reads the bytes as they came', async () => {
  expect(text((await readOver(post('{"a": 1 }'))).body)).toBe('{"a": 1 }');
});

it('reads nothing where nothing was sent', async () => {
  expect(text((await readOver(post(undefined))).body)).toBe('');
});

it('takes the bytes that a parser of Medusa has kept', async () => {
  const { body } = await readOver(post('{"a":1}'), async (request) => {
    for await (const _ of request);
    request.rawBody = Buffer.from('{"a":1}');
  });
  expect(text(body)).toBe('{"a":1}');
});

it('stops one byte after the limit, and the request can still be answered', async () => {
  const { body, answered } = await readOver(post('x'.repeat(500_000)));
  expect(body).toHaveLength(limit + 1);
  expect(answered).toBe(true);
});

it('has no body where the sender went away in the middle', async () => {
  const { body } = await readOver((port) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc');
      setTimeout(() => socket.destroy(), 20);
    });
  });
  expect(body).toBeUndefined();
});
