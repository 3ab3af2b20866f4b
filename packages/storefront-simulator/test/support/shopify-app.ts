import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AppRegistration, ShopifyDouble } from '../../src/index.ts';

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The body's own id. */
  readonly id: string;
}

export type AppAnswer = { readonly status: number; readonly body: string } | 'cut' | 'hang';
export type Answering = (request: SeenRequest) => AppAnswer | Promise<AppAnswer>;

/** The session endpoints of an app: one strict mTLS listener, whose answers a test writes. */
export interface ListeningApp {
  readonly registration: AppRegistration;
  readonly seen: readonly SeenRequest[];
  answerWith(answering: Answering): void;
  /** Replaces the list of authorities, as a reload of the file would. */
  trust(bundle: string): void;
  close(): Promise<void>;
}

export const redirectTo = (url: string): AppAnswer => ({
  status: 200,
  body: JSON.stringify({ redirect_url: url }),
});

/** What a good app answers: the pay page of the session, or 201 with `{}`. */
export const goodAnswer: Answering = ({ path, id }) =>
  path === '/payment' ? redirectTo(`https://app.example/pay/${id}`) : { status: 201, body: '{}' };

export const openApp = async (shopify: ShopifyDouble): Promise<ListeningApp> => {
  const { key, certificate } = await shopify.issueServerCertificate(['127.0.0.1']);
  const seen: SeenRequest[] = [];
  let answering: Answering = goodAnswer;
  const tls = { key, cert: certificate, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ ...tls, ca: shopify.clientCertificates.trustBundle }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      void (async () => {
        const rawBody = Buffer.concat(parts).toString('utf8');
        const seenRequest: SeenRequest = {
          path: request.url ?? '',
          headers: request.headers,
          rawBody,
          id: (JSON.parse(rawBody) as { id: string }).id,
        };
        seen.push(seenRequest);
        const answer = await answering(seenRequest);
        if (answer === 'hang') return;
        if (answer === 'cut') {
          response.destroy();
          return;
        }
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body);
      })();
    });
  });
  const sockets = new Set<TLSSocket>();
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const base = `https://127.0.0.1:${address.port}`;
  return {
    registration: {
      apiKey: 'an-api-key',
      apiSecret: 'an-api-secret',
      applicationUrl: 'https://app.example/app',
      redirectUrls: ['https://app.example/auth/callback'],
      webhooks: 'https://app.example/webhooks',
      extension: {
        apiVersion: '2026-10',
        paymentSessionUrl: `${base}/payment`,
        refundSessionUrl: `${base}/refund`,
        captureSessionUrl: `${base}/capture`,
        voidSessionUrl: `${base}/void`,
        testModeAvailable: true,
      },
    },
    seen,
    answerWith: (next) => {
      answering = next;
    },
    trust: (bundle) => server.setSecureContext({ key, cert: certificate, ca: bundle }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
