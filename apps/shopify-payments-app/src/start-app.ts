import { createOperatorApi } from '@gatewright/operations';
import type { PageHost } from '@gatewright/pay-page';
import type { App, AppOptions } from './app.ts';
import { type Assembly, assemble, withDefaults } from './assemble.ts';
import { createSightings } from './gateway-webhooks/webhook-sightings.ts';
import { hostOf, operatorHost, operatorServer, publicServer, sessionServer } from './listeners.ts';
import { openMerchants } from './merchants/open-merchants.ts';
import { operatorRoutes } from './operator/operator-routes.ts';
import { createAppPages, payBasePath } from './pay/app-pages.ts';
import { publicRoutes } from './public-routes.ts';
import { healthRoutes } from './server/health.ts';
import { listen } from './server/listen.ts';
import type { WebHandler } from './server/web-listener.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { createTestWay } from './sessions/test-way.ts';
import { shopWebhook } from './shop-webhooks/shop-webhook.ts';
import { type Work, workOf } from './work.ts';

const nothingHere: WebHandler = () =>
  new Response('There is nothing here.\n', { status: 404, headers: { 'content-type': 'text/plain' } });

const merchantsOf = async (
  assembly: Assembly,
  { kick }: Work,
  configure: App['configure'],
): Promise<WebHandler> => {
  const { settings, life, opened, outgoing } = assembly;
  if (settings.merchantPages === false) return nothingHere;
  const { env, log, clock, random } = settings;
  const { ports, shops, sessions, followUps, inTurn } = assembly;
  const { vault, ledger } = opened;
  const origin = () => life.publicUrl;
  const books = { shops, sessions, followUps };
  const deps = { env, log, ports, vault, ledger, ...books, inTurn, configure, origin, kick };
  return openMerchants(deps, { clock, random, http: outgoing.shops });
};

const configureOf =
  ({ tell, shops }: Assembly): App['configure'] =>
  async (shop, externalHandle, ready) => {
    const told = await tell(shop, { operation: 'paymentsAppConfigure', externalHandle, ready });
    if (told.outcome === 'done') await shops.setConfigured(shop, ready, externalHandle);
    return told.outcome;
  };

/** What is served, and what ends with it. */
const serve = async (assembly: Assembly, work: Work, configure: App['configure']) => {
  const { settings, life, opened, ports, sessions, rejections, shops, followUps, metrics } = assembly;
  const { env, log, sleep } = settings;
  const { kick } = work;
  const host: PageHost = { ports, origin: () => life.publicUrl, basePath: payBasePath, sleep };
  const pages = createAppPages({ host, changes: opened.changes, kick, log });
  const { vault, ledger } = opened;
  const { clock } = ports;
  const shopWebhooks = shopWebhook({ secret: env.shopifyApiSecret, ledger, vault, shops, clock, log });
  const merchants = await merchantsOf(assembly, work, configure);
  const health = healthRoutes(ledger, () => life.closing);
  const testWay = createTestWay(vault, settings.random, assembly.inTurn);
  return {
    pages,
    sessions: sessionRoutes({ ports, host, shops, sessions, followUps, testWay, clock, kick }, log),
    everybody: publicRoutes({
      ...{ ports, ledger, host, pages, sessions, rejections, kick, log, health, shopWebhooks, merchants },
      onWebhook: metrics.webhook,
      noteSighting: createSightings(ledger, clock),
    }),
    operator: operatorRoutes({
      ...{ metrics, health, log },
      api: createOperatorApi({ api: { ports, kick }, vault, clock }),
    }),
  };
};

/**
 * Starts the app in this process. Time, chance and the way out come in as parameters, so a sandbox runs it on a virtual
 * clock.
 * @throws CannotStart when the ledger, its keys, the certificates or a port cannot be had
 */
export const startApp = async (options: AppOptions): Promise<App> => {
  const assembly = await assemble(withDefaults(options));
  const { settings, life, opened, ports, shops, sessions, followUps } = assembly;
  const { env } = settings;
  const configure = configureOf(assembly);
  const work = workOf(assembly, configure);
  const served = await serve(assembly, work, configure);
  const ends: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    life.closing = true;
    served.pages.close();
    await Promise.all(ends.map((end) => end()));
    await work.runner.stop();
    await opened.close();
  };

  try {
    const { server, reload } = await sessionServer(assembly, served.sessions);
    const atSessions = await listen(server, 'SESSION_PORT', hostOf(assembly), env.sessionPort);
    ends.push(atSessions.close);
    const atPublic = await listen(
      publicServer(assembly, served.everybody),
      'PORT',
      hostOf(assembly),
      env.port,
    );
    ends.push(atPublic.close);
    const atOperator = await listen(
      operatorServer(assembly, served.operator),
      'OPERATOR_PORT',
      operatorHost,
      env.operatorPort,
    );
    ends.push(atOperator.close);
    life.publicUrl = env.publicUrl ?? `http://127.0.0.1:${atPublic.port}`;
    if (options.background === true) ends.push(work.start(reload));
    return {
      ...{ ports, shops, sessions, followUps, configure, vault: opened.vault },
      publicUrl: life.publicUrl,
      port: atPublic.port,
      sessionPort: atSessions.port,
      operatorUrl: `http://${operatorHost}:${atOperator.port}`,
      location: opened.location,
      work: work.drain,
      reconcile: work.reconcile,
      reloadCertificates: reload,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
