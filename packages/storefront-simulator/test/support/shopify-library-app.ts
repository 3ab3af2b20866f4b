import '@shopify/shopify-api/adapters/node';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApiVersion, LogSeverity, type Session, type Shopify, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import type { AppRegistration, ShopifyDouble } from '../../src/index.ts';
import type { ListeningApp } from './shopify-app.ts';

export interface WebhookSeen {
  readonly topic: string;
  readonly webhookId: string;
  readonly body: unknown;
}

/** The public side of an app, written with Shopify's own library: OAuth and webhooks. */
export interface LibraryApp {
  readonly registration: AppRegistration;
  readonly library: Shopify;
  /** Offline sessions by shop. */
  readonly sessions: Map<string, Session>;
  readonly webhooks: readonly WebhookSeen[];
  /** The status for valid webhooks; default 200. */
  answerWebhooksWith(status: (seen: WebhookSeen) => number | 'hang'): void;
  close(): Promise<void>;
}

const libraryOf = (
  hostName: string,
  { apiKey, apiSecret }: AppRegistration,
  scopes: readonly string[],
): Shopify =>
  shopifyApi({
    apiKey,
    apiSecretKey: apiSecret,
    apiVersion: ApiVersion.October26,
    scopes: [...scopes],
    hostName,
    hostScheme: 'http',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: async () => undefined },
  });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

export const openLibraryApp = async (
  shopify: ShopifyDouble,
  listener: ListeningApp,
  scopes: readonly string[] = [],
): Promise<LibraryApp> => {
  setAbstractFetchFunc(shopify.fetch);
  const sessions = new Map<string, Session>();
  const webhooks: WebhookSeen[] = [];
  let statusOf: (seen: WebhookSeen) => number | 'hang' = () => 200;

  const webhook = async (library: Shopify, request: IncomingMessage, response: ServerResponse) => {
    const rawBody = await bodyOf(request);
    const check = await library.webhooks.validate({ rawBody, rawRequest: request, rawResponse: response });
    if (!check.valid) return void response.writeHead(401).end();
    const seen = { topic: check.topic, webhookId: check.webhookId, body: JSON.parse(rawBody) as unknown };
    webhooks.push(seen);
    const status = statusOf(seen);
    if (status !== 'hang') response.writeHead(status).end();
  };

  const callback = async (library: Shopify, rawRequest: IncomingMessage, rawResponse: ServerResponse) => {
    const { session, headers } = await library.auth.callback({ rawRequest, rawResponse, expiring: true });
    sessions.set(session.shop, session);
    rawResponse.writeHead(302, { ...headers, location: `/app?shop=${session.shop}` }).end();
  };

  const handle = async (library: Shopify, request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://app');
    const shop = url.searchParams.get('shop') ?? '';
    if (url.pathname === '/webhooks') return webhook(library, request, response);
    if (url.pathname === '/auth/callback') return callback(library, request, response);
    const known = sessions.get(shop);
    if (known?.isActive(library.config.scopes) === true) return void response.end(`Welcome, ${shop}`);
    return library.auth.begin({
      shop,
      callbackPath: '/auth/callback',
      isOnline: false,
      rawRequest: request,
      rawResponse: response,
    });
  };

  const server = createServer((request, response) => {
    handle(library, request, response).catch((error: Error) => {
      response.writeHead(400).end(`${error.name}: ${error.constructor.name}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const registration: AppRegistration = {
    ...listener.registration,
    applicationUrl: `http://${host}/app`,
    redirectUrls: [`http://${host}/auth/callback`],
    webhooks: `http://${host}/webhooks`,
    scopes,
  };
  const library = libraryOf(host, registration, scopes);
  return {
    registration,
    library,
    sessions,
    webhooks,
    answerWebhooksWith: (next) => {
      statusOf = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
