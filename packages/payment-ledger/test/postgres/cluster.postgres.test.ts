import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startCluster } from './cluster.ts';

const portOf = (server: ReturnType<typeof createServer>): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A port that somebody else listens at. */
const takenPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return portOf(server);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
};

test('a port that somebody took meanwhile costs a try, and standard error says why', {
  timeout: 180_000,
}, async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const taken = await takenPort();
  const ports = [taken];
  const cluster = await startCluster({ port: async () => ports.shift() ?? freePort() });
  onTestFinished(() => cluster.stop());
  expect(said.mock.calls.join('')).toMatch(/^1\. try: Error: PostgreSQL did not start: .*could not bind/s);
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  expect(new URL(cluster.url).port).not.toBe(String(taken));
});

test('what never starts says the cause', { timeout: 180_000 }, async () => {
  const taken = await takenPort();
  const start = startCluster({ port: async () => taken, tries: 1 });
  await expect(start).rejects.toThrow(/PostgreSQL did not start: the server ended\n.*could not bind/s);
});
