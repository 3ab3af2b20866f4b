import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@gatewright/payment-core';
import { type HttpCall, splitTarget } from './rest/call.ts';

export interface ServedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ListeningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** PHP's default post_max_size. */
const MAX_BODY = 8 * 1024 * 1024;

/** Undefined cuts the connection. */
export type Serve = (call: HttpCall) => Promise<ServedAnswer | undefined>;

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    // Without an encoding a request only yields buffers.
    const bytes = part as Buffer;
    size += bytes.length;
    // Read to the end all the same: leaving the loop would cut the connection before the answer.
    if (size <= MAX_BODY) parts.push(bytes);
  }
  return size > MAX_BODY ? undefined : Buffer.concat(parts);
};

const text = (status: number, body: string): ServedAnswer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
  body,
});

const answerTo = async (request: IncomingMessage, serve: Serve): Promise<ServedAnswer | undefined> => {
  const target = request.url ?? '/';
  const split = splitTarget(target);
  if (split === undefined) return text(400, 'Bad Request');
  const body = await readBody(request);
  if (body === undefined) return text(413, 'Request Entity Too Large');
  return serve({ method: request.method ?? 'GET', target, ...split, headers: request.headers, body });
};

/** The date is the shop's own: whoever calls may read its clock there. */
const write = (response: ServerResponse, now: number, { status, headers, body }: ServedAnswer): void => {
  const date = new Date(now).toUTCString();
  response.writeHead(status, { Date: date, ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });

/** Listens on loopback. Whoever breaks off a request gets no answer; a bug answers 500 without a trace. */
export const listen = async (port: number, clock: Clock, serve: Serve): Promise<ListeningServer> => {
  const server = createServer((request, response) => {
    answerTo(request, serve)
      .then((answer) => {
        if (answer === undefined) response.destroy();
        else write(response, clock.now(), answer);
      })
      .catch(() => {
        if (response.headersSent || (request.destroyed && !request.complete)) response.destroy();
        else write(response, clock.now(), text(500, 'Error'));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://127.0.0.1:${bound}`, close: () => close(server) };
};
