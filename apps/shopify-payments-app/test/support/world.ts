import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GatewayId,
  type GatewaySimulators,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { createLog } from '@gatewright/operations';
import { createNodeEgress } from '@gatewright/outbound-http';
import type { Account, Egress, RandomBytes } from '@gatewright/payment-core';
import { type Shop, type ShopifyDouble, shopifyEgress, startShopify } from '@gatewright/storefront-simulator';
import { onTestFinished } from 'vitest';
import type { App, AppOptions } from '../../src/app.ts';
import { readEnv } from '../../src/env.ts';
import { shopDomainSchema } from '../../src/sessions/session-headers.ts';
import { sessionPaths } from '../../src/sessions/session-routes.ts';
import type { ShopRow } from '../../src/shops/shop-book.ts';
import { startApp } from '../../src/start-app.ts';
import type { ShopifyCredentials } from '../../src/tokens/credentials.ts';

/** The same bytes in every run. */
const countedBytes = (seed: string): RandomBytes => {
  let calls = 0;
  return (count) => {
    const parts: Buffer[] = [];
    for (let block = 0; block * 32 < count; block += 1)
      parts.push(createHash('sha256').update(`${seed} ${calls} ${block}`).digest());
    calls += 1;
    return new Uint8Array(Buffer.concat(parts).subarray(0, count));
  };
};

const app = { apiKey: 'app-client-id', apiSecret: 'app-client-secret' };

/** Shopify's names lead to the double; everything else goes out as in a sandbox. */
const egressTo = (shopify: Pick<ShopifyDouble, 'fetch'>): Egress => {
  const [others, toShopify] = [createNodeEgress({ sandbox: true }), shopifyEgress(shopify)];
  return (request) =>
    new URL(request.url).hostname.endsWith('.myshopify.com') ? toShopify(request) : others(request);
};

export interface World {
  readonly simulators: GatewaySimulators;
  readonly shopify: ShopifyDouble;
  readonly folder: string;
  readonly caFile: string;
  /** The one that runs now; another one after `restart`. */
  readonly app: () => App;
  readonly log: () => string;
  /** What a process of its own would be started with, to be the app that ran here. */
  readonly variables: () => Readonly<Record<string, string>>;
  /** Stops the app and starts it again on the same ledger. */
  restart(): Promise<void>;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Worlds that share a database draw different ids. */
  readonly seed?: string;
  /** Time passes by itself, for processes of their own. */
  readonly realTime?: boolean;
  /** The merchant's pages need a build; default: without them. */
  readonly merchantPages?: boolean;
  /** Default: every gateway of the core. */
  readonly gateway?: NonNullable<AppOptions['gateway']>;
  /** What the app's listener believes; default: Shopify's root and intermediate. */
  readonly trust?: (shopify: ShopifyDouble) => string;
}

/** Where Shopify finds the app, as `shopify app deploy` would have told it. */
const deploy = (shopify: ShopifyDouble, running: App): void => {
  const sessions = `https://127.0.0.1:${running.sessionPort}`;
  shopify.deployApp({
    ...app,
    applicationUrl: running.publicUrl,
    redirectUrls: [`${running.publicUrl}/auth/callback`],
    webhooks: `${running.publicUrl}/webhooks/shopify`,
    extension: {
      apiVersion: '2026-10',
      paymentSessionUrl: `${sessions}${sessionPaths.payment}`,
      refundSessionUrl: `${sessions}${sessionPaths.refund}`,
      captureSessionUrl: `${sessions}${sessionPaths.capture}`,
      voidSessionUrl: `${sessions}${sessionPaths.void}`,
      testModeAvailable: true,
    },
  });
};

/** The simulated gateways, a simulated Shopify and the app between them, on one clock; ended with the test. */
export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-shopify-'));
  const simulators = await startGatewaySimulators({ realTime: options.realTime ?? false });
  const shopify = await startShopify({ clock: simulators.clock, seed: 1, loopbackHttp: true });
  const paths = { ca: join(folder, 'ca.pem'), cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  const own = await shopify.issueServerCertificate(['127.0.0.1', 'localhost']);
  await writeFile(paths.ca, options.trust?.(shopify) ?? shopify.clientCertificates.trustBundle);
  await writeFile(paths.cert, own.certificate);
  await writeFile(paths.key, own.key);
  const lines: string[] = [];
  const variablesOf = (ports: { readonly port: number; readonly sessionPort: number }) => ({
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    DATABASE_URL: `sqlite:${join(folder, 'ledger.db')}`,
    PORT: String(ports.port),
    SESSION_PORT: String(ports.sessionPort),
    OPERATOR_PORT: '0',
    SHOPIFY_API_KEY: app.apiKey,
    SHOPIFY_API_SECRET: app.apiSecret,
    SHOPIFY_CA: paths.ca,
    SESSION_TLS_CERT: paths.cert,
    SESSION_TLS_KEY: paths.key,
    GATEWRIGHT_RATES:
      '[{"from":"USD","to":"EUR","value":"0.9"},{"from":"TON","to":"USD","value":"3"},{"from":"USDT","to":"USD","value":"1"}]',
    ...options.env,
  });
  const start = (ports: { readonly port: number; readonly sessionPort: number }): Promise<App> => {
    const read = readEnv(variablesOf(ports));
    if (!read.ok) throw new Error(JSON.stringify(read.findings));
    return startApp({
      env: read.env,
      clock: simulators.clock,
      random: countedBytes(`${options.seed ?? 'app'} ${ports.port}`),
      egress: egressTo(shopify),
      merchantPages: options.merchantPages ?? false,
      ...(options.gateway ? { gateway: options.gateway } : {}),
      log: createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
    });
  };
  let running = await start({ port: 0, sessionPort: 0 });
  deploy(shopify, running);
  onTestFinished(async () => {
    await running.stop();
    await shopify.close();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    ...{ simulators, shopify, folder, caFile: paths.ca },
    app: () => running,
    log: () => lines.join(''),
    variables: () =>
      variablesOf({ port: Number(new URL(running.publicUrl).port), sessionPort: running.sessionPort }),
    restart: async () => {
      const { publicUrl, sessionPort } = running;
      await running.stop();
      running = await start({ port: Number(new URL(publicUrl).port), sessionPort });
    },
  };
};

export interface InstalledShop {
  readonly shop: Shop;
  readonly row: ShopRow;
}

/** The token pair that an installation would have brought. */
export const giveToken = async (
  { app: running, simulators }: World,
  shop: Shop,
  { live }: ShopRow,
): Promise<void> => {
  const { expires_in = 0, refresh_token_expires_in = 0, ...token } = shop.grantToken();
  const now = simulators.clock.now();
  const credentials: ShopifyCredentials = {
    accessToken: token.access_token,
    accessExpiresAt: now + expires_in * 1_000,
    refreshToken: token.refresh_token ?? '',
    refreshExpiresAt: now + refresh_token_expires_in * 1_000,
    scope: token.scope,
  };
  await running().vault.setStorefrontCredentials(live, credentials, { replace: true });
};

/** A shop that has the app, its token and an active gateway in test mode. */
export const installShop = async (
  world: World,
  name = 'annas',
  options: { readonly merchantLocale?: string } = {},
): Promise<InstalledShop> => {
  const shop = world.shopify.openShop({ domain: `${name}.myshopify.com`, ...options });
  const row = await world.app().shops.install(shopDomainSchema.parse(shop.domain));
  await giveToken(world, shop, row);
  const told = await world.app().configure(row.domain, 'Anna', true);
  if (told !== 'done') throw new Error(told);
  const active = shop.merchant.activate({ testMode: true });
  if (!active.ok) throw new Error(active.reason);
  return { shop, row };
};

/** An account of a simulated gateway in the shop's test store, with its webhooks coming to the app. */
export const openAccount = async (
  { app: running, simulators }: World,
  { row }: InstalledShop,
  gateway: GatewayId,
): Promise<Account> => {
  const simulator = simulators.gateways[gateway];
  const created = simulator.createAccount();
  const { vault, ports } = running();
  const added = await vault.addAccount({ store: row.test, gateway, mode: 'test', config: created.config });
  if (!added.ok) throw new Error(added.reason);
  simulator.setWebhookUrl(created.accountId, ports.webhookUrl(added.account));
  return added.account;
};

/** A buyer begins to pay: the session is started, and its page is open. */
export const startSession = async ({ shop }: InstalledShop, amount = '49.90') => {
  const checkout = shop.checkout({ amount });
  const paid = await checkout.pay();
  if (!paid.ok) throw new Error(`${paid.reason}: ${paid.message}`);
  return { checkout, ...paid };
};

/** Chooses an account on a page, as its form does. */
export const choose = async (
  redirectUrl: string,
  account: Account,
  method: string | null = null,
): Promise<Response> =>
  fetch(`${redirectUrl}/choose`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(redirectUrl).origin },
    body: new URLSearchParams({ account: account.id, ...(method === null ? {} : { method }) }),
  });
