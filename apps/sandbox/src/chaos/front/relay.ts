import { createServer, type IncomingMessage, request, type Server } from 'node:http';

/** One request as it came, to be handed on byte for byte. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Names and values in turn, as they stood on the wire. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Relayed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What to answer; `cut` closes the connection without a word. */
export type Fate = Relayed | 'cut';

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding']);

const read = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  // Without an encoding a message only yields buffers.
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const headersOf = (rawHeaders: readonly string[]): string[] => {
  const kept: string[] = ['connection', 'close'];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
};

/** Hands a call on over a connection of its own. @throws Error when there is no whole answer */
export const relay = (port: number, call: Call, onSent?: () => void): Promise<Relayed> =>
  new Promise((resolve, reject) => {
    const { method, target: path, rawHeaders, body } = call;
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: headersOf(rawHeaders), agent: false },
      (answer) => {
        read(answer).then((bytes) => {
          if (!answer.complete) return reject(new Error('cut off'));
          const headers = Object.fromEntries(
            Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name)),
          );
          resolve({ status: answer.statusCode ?? 0, headers, body: bytes });
        }, reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body, onSent);
  });

export interface Front {
  readonly url: string;
  /** Calls that have not been answered. */
  inFlight(): number;
  close(): Promise<void>;
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });

/** A server that decides what becomes of each call. */
export const openFront = async (decide: (call: Call) => Promise<Fate>): Promise<Front> => {
  let inFlight = 0;
  const server = createServer(async (incoming, outgoing) => {
    inFlight += 1;
    try {
      const { method = 'GET', url = '/', rawHeaders } = incoming;
      const fate = await decide({ method, target: url, rawHeaders, body: await read(incoming) });
      if (fate === 'cut') incoming.socket.destroy();
      else outgoing.writeHead(fate.status, { ...fate.headers }).end(fate.body);
    } catch {
      incoming.socket.destroy();
    } finally {
      inFlight -= 1;
    }
  });
  return {
    url: await listen(server),
    inFlight: () => inFlight,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const plain = (status: number, text: string, type = 'text/plain'): Relayed => ({
  status,
  headers: { 'content-type': type },
  body: Buffer.from(text),
});
