import { createServer } from 'node:http';
import { everyInterval, startBackground } from '@gatewright/operations';
import type { PageHost } from '@gatewright/pay-page';
import { minutes, reconcile } from '@gatewright/payment-core';
import type { App, AppOptions } from './app.ts';
import { type Assembly, assemble, createWork, withDefaults } from './assemble.ts';
import { CannotStart } from './cannot-start.ts';
import { createAppPages, payBasePath } from './pay/app-pages.ts';
import { publicRoutes } from './public-routes.ts';
import { workFollowUps } from './refunds/work-follow-ups.ts';
import { readCertificates } from './server/certificates.ts';
import { listen } from './server/listen.ts';
import { behindProxy } from './server/proxied-sessions.ts';
import { createSessionListener, type SessionListener } from './server/session-listener.ts';
import { type ListenerSettings, type WebHandler, webListener } from './server/web-listener.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { shopWebhook } from './shop-webhooks/shop-webhook.ts';

const noMerchants: WebHandler = () =>
  new Response('There is nothing here.\n', { status: 404, headers: { 'content-type': 'text/plain' } });

const requestTimeout = 30_000;

const listenerSettings = ({ settings, life }: Assembly, origin: () => URL): ListenerSettings => ({
  log: settings.log,
  origin,
  trustedProxies: ['loopback', 'linklocal', 'uniquelocal', ...settings.env.trustedProxies],
  isClosing: () => life.closing,
});

/** The session endpoints: with Shopify's client certificate here, or behind a proxy that has checked it. */
const sessionServer = async (
  assembly: Assembly,
  handler: WebHandler,
): Promise<SessionListener | { server: ReturnType<typeof createServer> }> => {
  const { sessionGate: gate } = assembly.settings.env;
  const settings = listenerSettings(assembly, () => new URL('https://sessions.invalid'));
  if (gate.kind === 'proxy')
    return {
      server: createServer({ requestTimeout }, webListener(settings, behindProxy(gate.secret, handler))),
    };
  const read = await readCertificates(gate.paths);
  if (!read.ok) throw new CannotStart(read.reason, read.message);
  return createSessionListener(settings, gate.paths, read.certificates, handler);
};

/**
 * Starts the app in this process. Time, chance and the way out come in as parameters, so a sandbox runs it on a virtual
 * clock.
 * @throws CannotStart when the ledger, its keys, the certificates or a port cannot be had
 */
export const startApp = async (options: AppOptions): Promise<App> => {
  const settings = withDefaults(options);
  const { env, log } = settings;
  const assembly = await assemble(settings);
  const { life, opened, ports, shops, sessions, followUps, tell } = assembly;
  const runner = createWork(assembly);
  const follow = () =>
    workFollowUps({ ports, sessions, followUps, tell }, (error) =>
      log.error({ err: error }, 'refund failed'),
    );
  const kick = (): void => {
    runner.kick();
    if (options.background === true) void follow();
  };
  const host: PageHost = {
    ports,
    origin: () => life.publicUrl,
    basePath: payBasePath,
    sleep: settings.sleep,
  };
  const pages = createAppPages({ host, changes: opened.changes, kick, log });
  const deps = { ports, host, shops, sessions, followUps, clock: ports.clock, kick };
  const merchants = options.merchants
    ? await options.merchants({
        env,
        ports,
        vault: opened.vault,
        shops,
        sessions,
        followUps,
        origin: host.origin,
        log,
      })
    : noMerchants;
  const listening: { close(): Promise<void> }[] = [];
  let endBackground = async (): Promise<void> => undefined;
  let stopped: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    life.closing = true;
    pages.close();
    await endBackground();
    await Promise.all(listening.map((one) => one.close()));
    await runner.stop();
    await opened.close();
  };
  const work = async (): Promise<void> => {
    await runner.drain();
    while ((await follow()) > 0) await runner.drain();
  };
  const configure: App['configure'] = async (shop, externalHandle, ready) => {
    const told = await tell(shop, { operation: 'paymentsAppConfigure', externalHandle, ready });
    if (told.outcome === 'done') await shops.setConfigured(shop, ready, externalHandle);
    return told.outcome;
  };
  const reconcileAndWork = async () => {
    const report = await reconcile(ports);
    await work();
    return report;
  };

  try {
    const sessionListener = await sessionServer(assembly, sessionRoutes(deps, log));
    const hostName = env.sandbox ? '127.0.0.1' : '0.0.0.0';
    const atSessions = await listen(sessionListener.server, 'SESSION_PORT', hostName, env.sessionPort);
    listening.push(atSessions);
    const publicServer = createServer(
      { requestTimeout },
      webListener(
        listenerSettings(assembly, () => new URL(life.publicUrl)),
        publicRoutes({
          ...{ ports, host, pages, sessions, kick, merchants, log },
          shopWebhooks: shopWebhook({
            secret: env.shopifyApiSecret,
            ledger: opened.ledger,
            vault: opened.vault,
            shops,
            clock: ports.clock,
            log,
          }),
          isClosing: () => life.closing,
        }),
      ),
    );
    const atPublic = await listen(publicServer, 'PORT', hostName, env.port);
    listening.push(atPublic);
    life.publicUrl = env.publicUrl ?? `http://127.0.0.1:${atPublic.port}`;
    const reloadCertificates = async () =>
      'reload' in sessionListener ? sessionListener.reload() : undefined;
    if (options.background === true) {
      const rounds = { reconcile: reconcileAndWork, refunds: follow };
      const ends = [
        startBackground({ runner, rounds, timer: everyInterval, log }),
        everyInterval(() => void reloadCertificates(), minutes(1)),
      ];
      endBackground = async () => {
        await Promise.all(ends.map((end) => end()));
      };
    }
    return {
      publicUrl: life.publicUrl,
      sessionPort: atSessions.port,
      location: opened.location,
      vault: opened.vault,
      ...{ ports, shops, sessions, followUps },
      work,
      configure,
      reconcile: reconcileAndWork,
      reloadCertificates,
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
