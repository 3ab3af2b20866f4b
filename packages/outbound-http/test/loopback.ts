import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

export interface Loopback extends AsyncDisposable {
  readonly port: number;
  /** TCP connections accepted so far. */
  readonly connections: () => number;
}

const listen = async (server: Server): Promise<Loopback> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // A client that breaks off is part of these tests.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    // listen(0) on TCP gives an AddressInfo.
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
};

export const httpServer = (listener: RequestListener): Promise<Loopback> => listen(createServer(listener));

export const httpsServer = (
  certificate: { readonly cert: string; readonly key: string },
  listener: RequestListener,
): Promise<Loopback> => listen(createHttpsServer(certificate, listener));

/** Bare TCP, for answers that no HTTP server would give. */
export const tcpServer = (onConnection: (socket: Socket) => void): Promise<Loopback> =>
  listen(createTcpServer({ allowHalfOpen: true }, onConnection));
