import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveParent } from '../measure/child.ts';

/** What is left without a bridge: node:http, an HMAC over the body, an answer. Nothing is stored. */
const key = createSecretKey(Buffer.from(process.env.WEBHOOK_SECRET ?? '', 'utf8'));

const isGenuine = (body: Buffer, signature: string): boolean => {
  const given = Buffer.from(signature, 'hex');
  const expected = createHmac('sha256', key).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const signature = request.headers['x-webhook-signature'];
    const ok = isGenuine(Buffer.concat(chunks), typeof signature === 'string' ? signature : '');
    const body = JSON.stringify({ ok });
    response.writeHead(ok ? 200 : 401, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});

server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  serveParent(`http://127.0.0.1:${port}`, async () => {
    server.close();
    server.closeAllConnections();
  });
});
