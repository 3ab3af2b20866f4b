import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An owner's endpoint for rates on a real socket, ended with the test. */
export interface RatesEndpoint {
  readonly url: string;
  /** What it answers from now on: a status alone, or JSON text. */
  answer: number | string;
  asked: number;
}

export const openRatesEndpoint = async (): Promise<RatesEndpoint> => {
  const server = createServer((_request, response) => {
    endpoint.asked += 1;
    if (typeof endpoint.answer === 'number') response.writeHead(endpoint.answer).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(endpoint.answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const endpoint: RatesEndpoint = {
    url: `http://127.0.0.1:${port}/latest?key=secret-of-the-endpoint`,
    answer: 503,
    asked: 0,
  };
  return endpoint;
};
