import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on this machine that answers as `answer` says at the moment, ended with the test. */
export interface Endpoint {
  readonly url: string;
  answer: RequestListener;
  /** Path and query of every call so far. */
  readonly asked: string[];
}

export const json =
  (body: string | Uint8Array, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

export const openEndpoint = async (answer: RequestListener): Promise<Endpoint> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    endpoint.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const endpoint: Endpoint = { url: `http://127.0.0.1:${port}`, answer, asked };
  return endpoint;
};
