import { randomInt } from 'node:crypto';
import { seededRandom } from '../random.ts';
import { deployApp } from './deploy-app.ts';
import { createFaultBoard } from './faults.ts';
import { shopifyFetch } from './http/fetch.ts';
import { type ListeningServer, listen } from './http/server.ts';
import { createAuthorizationCodes } from './oauth/authorization-codes.ts';
import { openShop } from './open-shop.ts';
import type { ShopifyOptions } from './options.ts';
import { createBrowser } from './people/browser.ts';
import { redeliver } from './redeliver.ts';
import { serve } from './serve.ts';
import type { ShopifyDouble } from './shopify-double.ts';
import { createAgenda } from './store/agenda.ts';
import type { Platform } from './store/platform.ts';
import { settingsOf } from './store/settings.ts';
import { type CertificateAuthority, createRoot } from './tls/certificate-authority.ts';
import { createClientCertificates } from './tls/client-certificates.ts';

const assemble = async (options: ShopifyOptions, serverCa: string): Promise<Platform> => {
  const { clock } = options;
  const random = seededRandom(options.seed ?? randomInt(2 ** 32));
  return {
    clock,
    random,
    settings: settingsOf(options),
    agenda: createAgenda(clock),
    faults: createFaultBoard(),
    identity: await createClientCertificates(),
    journal: [],
    shops: new Map(),
    codes: createAuthorizationCodes(clock, random),
    serverCa,
    port: 0,
    app: undefined,
  };
};

const doubleOf = (
  platform: Platform,
  authority: CertificateAuthority,
  server: ListeningServer,
): ShopifyDouble => ({
  address: { host: '127.0.0.1', port: server.port },
  serverCa: authority.certificate,
  fetch: shopifyFetch({ ca: authority.certificate, port: server.port }),
  issueServerCertificate: (hosts) =>
    authority.issue({ commonName: hosts[0] ?? 'localhost', use: 'server', hosts }),
  clientCertificates: platform.identity,
  deployApp: (app) => deployApp(platform, app),
  openShop: (options) => openShop(platform, options),
  newBrowser: () => createBrowser(platform),
  faults: platform.faults,
  journal: platform.journal,
  runDue: () => platform.agenda.runDue(),
  redeliver: (sessionId, copies = 1) => redeliver(platform, sessionId, copies),
  close: () => server.close(),
});

/**
 * Starts Shopify as one local HTTPS server for all `*.myshopify.com`: the Payments Apps API over the real schema, OAuth,
 * tokens, webhooks, checkout and the payments settings; and as the client that calls the app with certificates of its
 * own Root and Intermediate (contracts/shopify.md, section 4).
 */
export const startShopify = async (options: ShopifyOptions): Promise<ShopifyDouble> => {
  const authority = await createRoot('Simulated public authority');
  const platform = await assemble(options, authority.certificate);
  const credentials = await authority.issue({
    commonName: '*.myshopify.com',
    use: 'server',
    hosts: ['*.myshopify.com', 'localhost', '127.0.0.1'],
  });
  const server = await listen({ port: options.port ?? 0, clock: options.clock, credentials }, (call) =>
    serve(platform, call),
  );
  platform.port = server.port;
  return doubleOf(platform, authority, server);
};
