import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Clock } from '@gatewright/payment-core';
import type { KeyAndCertificate } from '../tls/certificate-authority.ts';
import { type HttpCall, jsonAnswer, type Served, type ServedAnswer } from './call.ts';

export interface ListeningServer {
  readonly port: number;
  close(): Promise<void>;
}

const MAX_BODY = 1_048_576;

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

const callOf = async (request: IncomingMessage): Promise<HttpCall | ServedAnswer> => {
  const host = request.headers.host ?? '';
  if (!URL.canParse(`https://${host}${request.url}`)) return jsonAnswer(400, { errors: 'Bad Request' });
  const url = new URL(`https://${host}${request.url}`);
  const body = await readBody(request);
  if (body === undefined) return jsonAnswer(413, { errors: 'Request Entity Too Large' });
  const { pathname: path, searchParams: query, hostname } = url;
  return { method: request.method ?? 'GET', host: hostname, path, query, headers: request.headers, body };
};

const write = (response: ServerResponse, clock: Clock, { status, headers, body }: ServedAnswer): void => {
  const date = new Date(clock.now()).toUTCString();
  response.writeHead(status, { date, ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

/** Listens on loopback over TLS. A bug answers 500 without a trace. */
export const listen = async (
  options: { readonly port: number; readonly clock: Clock; readonly credentials: KeyAndCertificate },
  serve: (call: HttpCall) => Promise<Served>,
): Promise<ListeningServer> => {
  const { clock, credentials } = options;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await callOf(request);
    const served = 'status' in call ? call : await serve(call);
    if (served === 'hang') return;
    if (served === 'cut') response.destroy();
    else write(response, clock, served);
  };
  const server = createServer(
    { key: credentials.key, cert: credentials.certificate },
    (request, response) => {
      answer(request, response).catch(() => {
        if (response.headersSent || request.destroyed) response.destroy();
        else write(response, clock, jsonAnswer(500, { errors: 'Internal Server Error' }));
      });
    },
  );
  // Longer than the pauses of a test run, so that no client meets a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
