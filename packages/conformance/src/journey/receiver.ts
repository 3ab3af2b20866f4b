import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type HeaderLines,
  type Ports,
  type ReceiveResult,
  rawHeaderLines,
  receiveWebhook,
} from '@gatewright/payment-core';

/** A webhook as it stood on the wire. */
export interface WebhookOnWire {
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}

export interface ReceivedWebhook extends WebhookOnWire {
  readonly account: string;
  /** Ms, of the gateway's clock. */
  readonly at: number;
}

/** `open`: the core receives; `down`: 503; `capture`: acknowledged and kept from the core. */
export type ReceiverState = 'open' | 'down' | 'capture';

/** Where the gateway's webhooks arrive, on a real socket. */
export interface Receiver {
  state: ReceiverState;
  /** Everything that arrived, whatever was answered. */
  readonly received: readonly ReceivedWebhook[];
  /** What the core answered, in order. */
  readonly answers: readonly ReceiveResult[];
  /** Exceptions of the core: none may ever be here. */
  readonly crashes: readonly unknown[];
  urlOf(account: string): string;
  /** Sends a request over the socket exactly as it is, repeated header lines included; what the core answered. */
  post(
    account: string,
    webhook: WebhookOnWire,
  ): Promise<{ readonly status: number; readonly reason: string }>;
  close(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  // Without an encoding a message yields buffers.
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** These belong to the connection, not to the webhook. */
const isOfConnection = (name: string): boolean =>
  ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'].includes(
    name.toLowerCase(),
  );

export const openReceiver = async (ports: Ports, gateway: string): Promise<Receiver> => {
  const received: ReceivedWebhook[] = [];
  const answers: ReceiveResult[] = [];
  const crashes: unknown[] = [];

  const judge = async (webhook: ReceivedWebhook): Promise<{ status: number; reason: string }> => {
    if (receiver.state === 'down') return { status: 503, reason: 'down' };
    if (receiver.state === 'capture') return { status: 200, reason: 'captured' };
    const { account, headers, body, at } = webhook;
    try {
      const answer = await receiveWebhook(ports, gateway, account, { headers, body, receivedAt: at });
      answers.push(answer);
      return answer;
    } catch (error) {
      crashes.push(error);
      return { status: 500, reason: 'exception' };
    }
  };

  const server: Server = createServer((request, response) => {
    void (async () => {
      const webhook: ReceivedWebhook = {
        account: (request.url ?? '').split('/').at(-1) ?? '',
        headers: rawHeaderLines(request.rawHeaders),
        body: await bodyOf(request),
        at: ports.clock.now(),
      };
      received.push(webhook);
      const { status, reason } = await judge(webhook);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ reason }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;

  const receiver: Receiver = {
    state: 'open',
    received,
    answers,
    crashes,
    urlOf: (account) => `http://127.0.0.1:${port}/webhooks/${account}`,
    post: (account, { headers, body }) =>
      new Promise((resolve, reject) => {
        const lines = headers.filter(([name]) => !isOfConnection(name)).flat();
        const path = `/webhooks/${account}`;
        const own = ['host', `127.0.0.1:${port}`, 'content-length', String(body.byteLength)];
        const sent = httpRequest(
          { host: '127.0.0.1', port, path, method: 'POST', headers: [...own, ...lines] },
          (response) => {
            bodyOf(response).then((answer) => {
              // Written a few lines above.
              const { reason } = JSON.parse(answer.toString()) as { reason: string };
              resolve({ status: response.statusCode ?? 0, reason });
            }, reject);
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
};
