import type { Clock, HttpClient, RandomBytes } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import type { WebHandler } from '../server/web-listener.ts';
import { fetchOver } from '../shopify/fetch-over.ts';
import { createShopifyAuth } from '../shopify/shopify.server.ts';
import { createTokenStorage } from '../shopify/token-storage.ts';
import { openBuiltPages } from './built-pages.ts';
import { createMerchantSessions } from './merchant-sessions.ts';
import { createMerchants } from './merchants.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly http: HttpClient;
}

/** The merchant's side of a running app. @throws CannotStart when its pages were not built */
export const openMerchants = async (deps: MerchantDeps, around: Surroundings): Promise<WebHandler> => {
  const { clock, random, http } = around;
  const pages = await openBuiltPages();
  const { env, shops, vault, ledger, log } = deps;
  // Shopify's library wants its own address at once, and the listener knows its only later.
  let handler: WebHandler | undefined;
  const made = (): WebHandler =>
    createMerchants({
      deps,
      random,
      sessions: createMerchantSessions(ledger, clock, random),
      render: pages.render,
      auth: createShopifyAuth({
        apiKey: env.shopifyApiKey,
        apiSecret: env.shopifyApiSecret,
        origin: deps.origin(),
        storage: createTokenStorage(shops, vault),
        fetch: fetchOver(http),
        log,
      }),
    });
  return async (request, caller) => {
    const asset = await pages.asset(new URL(request.url).pathname);
    if (asset) return asset;
    handler ??= made();
    return handler(request, caller);
  };
};
