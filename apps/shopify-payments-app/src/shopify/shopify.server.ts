import '@shopify/shopify-app-remix/adapters/node';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import type { Logger } from 'pino';
import { type ShopDomain, shopDomainSchema } from '../sessions/session-headers.ts';

export interface ShopifyAuthParts {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly origin: string;
  readonly storage: SessionStorage;
  readonly fetch: typeof fetch;
  readonly log: Logger;
}

export interface AuthStep {
  /** Shopify's library's own answer: a redirect, or a refusal. */
  readonly response: Response;
  /** The shop whose owner has just come through OAuth. */
  readonly installed: ShopDomain | undefined;
}

/** `/auth` and `/auth/callback` of the authorization code flow. */
export type ShopifyAuth = (request: Request) => Promise<AuthStep>;

/** Granted with the payments extension; the toml of a first deployment names none of them (contract 2.1). */
const scopes: string[] = [];

/**
 * Shopify's framework, and the only file that knows it (contract 3.7). We take OAuth from it and nothing else: its
 * session cookie ends with the token after an hour and cannot be HttpOnly (contract 3.4), so merchants get one of ours.
 */
export const createShopifyAuth = (parts: ShopifyAuthParts): ShopifyAuth => {
  const arrived = new AsyncLocalStorage<{ shop?: ShopDomain }>();
  setAbstractFetchFunc(parts.fetch);
  const shopify = shopifyApp({
    apiKey: parts.apiKey,
    apiSecretKey: parts.apiSecret,
    appUrl: parts.origin,
    apiVersion: ApiVersion.October26,
    scopes,
    isEmbeddedApp: false,
    distribution: AppDistribution.AppStore,
    sessionStorage: parts.storage,
    future: { expiringOfflineAccessTokens: true },
    logger: {
      level: LogSeverity.Warning,
      // Its lines may hold addresses with codes in them, so they stay out of our log.
      log: async () => parts.log.debug('a line of the Shopify library'),
    },
    hooks: {
      afterAuth: ({ session }) => {
        const here = arrived.getStore();
        const shop = shopDomainSchema.safeParse(session.shop);
        if (here && shop.success) here.shop = shop.data;
      },
    },
  });
  return (request) => {
    const here: { shop?: ShopDomain } = {};
    return arrived.run(here, async () => {
      try {
        await shopify.authenticate.admin(request);
        return { response: new Response(null, { status: 404 }), installed: undefined };
      } catch (thrown) {
        if (!(thrown instanceof Response)) throw thrown;
        return { response: thrown, installed: here.shop };
      }
    });
  };
};
