import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from '@gatewright/operations';

/** A server of node's, taken down in order: no new calls, then none idle, then none at all. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** How long a call under way may take to end. */
const patienceMs = 10_000;

const closing = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(force);
};

/**
 * @param setting the variable that names the port, for the message
 * @throws CannotStart when the port cannot be had
 */
export const listen = async (
  server: Server,
  setting: string,
  host: string,
  port: number,
): Promise<Listening> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CannotStart(
      'cannot-listen',
      `Nothing can listen at port ${port} of ${host} (${code}). End the other program there, or set ${setting} to another port.`,
    );
  }
  // A server that listens on a port has an address of this kind; a string is the path of a socket.
  const { port: bound } = server.address() as AddressInfo;
  return { port: bound, close: () => closing(server) };
};
