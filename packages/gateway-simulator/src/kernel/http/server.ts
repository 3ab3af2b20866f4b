import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiFault, FaultBoard } from '../faults.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { SimulatorRequest } from './request.ts';
import { findRoute, type Routes } from './router.ts';

/** What a gateway answers when a fault makes it fail, in its own wire format. */
export interface NativeFailures {
  status(status: number): Reply;
  rateLimited(): Reply;
}

export interface HostOptions {
  readonly faults: Pick<FaultBoard, 'takeApi'>;
  /** Real milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  readonly latencyMs: number;
}

export interface Host {
  readonly url: string;
  /** Requests are answered 503 until then. */
  serve(routes: Routes, failures: NativeFailures): void;
  close(): Promise<void>;
}

const BODY_LIMIT = 1_048_576;

const readBody = async (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    // Without setEncoding a request stream yields buffers only.
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size <= BODY_LIMIT) chunks.push(bytes);
  }
  // Read to the end either way: a cut connection would hide the 413.
  return size > BODY_LIMIT ? undefined : Buffer.concat(chunks);
};

const send = (response: ServerResponse, reply: Reply): void => {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
};

/** What becomes of a request under the faults taken for it. */
interface Fate {
  readonly delayMs: number;
  readonly instead: Reply | undefined;
  readonly cut: 'before' | 'after' | undefined;
  readonly hang: boolean;
}

const fateOf = (faults: readonly ApiFault[], failures: NativeFailures): Fate => {
  let fate: Fate = { delayMs: 0, instead: undefined, cut: undefined, hang: false };
  for (const fault of faults) {
    switch (fault.kind) {
      case 'latency':
        fate = { ...fate, delayMs: fate.delayMs + fault.ms };
        break;
      case 'status':
        fate = { ...fate, instead: failures.status(fault.status) };
        break;
      case 'rate-limit':
        fate = { ...fate, instead: failures.rateLimited() };
        break;
      case 'timeout-before-commit':
        fate = { ...fate, cut: 'before', hang: fault.hang };
        break;
      case 'timeout-after-commit':
        fate = { ...fate, cut: 'after', hang: fault.hang };
        break;
      default:
        fault satisfies never;
    }
  }
  return fate;
};

/** Starts one server on a loopback port of its own. `port` 0 takes a free one. */
export const openHost = async (options: HostOptions, port = 0): Promise<Host> => {
  let serving: { routes: Routes; failures: NativeFailures } | undefined;

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming);
    if (body === undefined) return send(response, { status: 413, body: 'body above 1 MiB' });
    if (serving === undefined) return send(response, { status: 503, body: 'starting' });
    const url = new URL(incoming.url ?? '/', 'http://simulator');
    const method = incoming.method ?? 'GET';
    const { match, allowed } = findRoute(serving.routes, method, url.pathname);
    const request: SimulatorRequest = {
      method,
      path: url.pathname,
      params: match?.params ?? {},
      query: url.searchParams,
      headers: incoming.headers,
      body,
    };
    const fate = fateOf(options.faults.takeApi(match?.route.name ?? 'unknown'), serving.failures);
    const delayMs = options.latencyMs + fate.delayMs;
    if (delayMs > 0) await options.wait(delayMs);
    const cut = (): unknown => (fate.hang ? undefined : incoming.socket.destroy());
    if (fate.cut === 'before') return void cut();
    const reply =
      fate.instead ?? (await (match?.route.handle(request) ?? serving.routes.fallback(request, allowed)));
    if (fate.cut === 'after') return void cut();
    send(response, reply);
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((bug: unknown) => {
      if (response.headersSent || response.destroyed) return;
      const message = bug instanceof Error ? bug.message : 'unknown';
      send(response, jsonReply(500, JSON.stringify({ simulatorBug: message })));
    });
  });
  // Longer than the pauses of a test run, so that no client meets a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  const url = await listen(server, port);
  return {
    url,
    serve: (routes, failures) => {
      serving = { routes, failures };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no TCP address'));
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
