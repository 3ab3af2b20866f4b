import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems hand out to servers that take any port (Linux from 32768, others from 49152): a simulator that
 * starts meanwhile cannot get the port before the process that it is for.
 */
const first = 20_000;
const end = 32_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port of this machine that nobody has at this moment. @throws Error when a hundred are taken */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(first, end);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${end}`);
};
