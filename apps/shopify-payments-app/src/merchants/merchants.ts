import type { RandomBytes } from '@gatewright/payment-core';
import type { AppLoadContext } from '@remix-run/server-runtime';
import type { MerchantDeps } from '../app.ts';
import type { WebHandler } from '../server/web-listener.ts';
import type { ShopifyAuth } from '../shopify/shopify.server.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { createMerchantDesk } from './desk.ts';
import type { PageContext } from './merchant-context.ts';
import type { MerchantSessions } from './merchant-sessions.ts';
import { securityHeaders } from './security-headers.ts';
import { authorize, homePath, openApp, signInPath } from './sign-in.ts';

/** The built Remix app. */
export type RenderMerchantPage = (request: Request, context: AppLoadContext) => Promise<Response>;

export interface MerchantsParts {
  readonly deps: MerchantDeps;
  readonly auth: ShopifyAuth;
  readonly sessions: MerchantSessions;
  readonly render: RenderMerchantPage;
  readonly random: RandomBytes;
}

const toSignIn = (): Response =>
  new Response(null, { status: 303, headers: { location: signInPath, 'cache-control': 'no-store' } });

/** A page of another site cannot make a signed-in merchant send one of our forms. */
const isForeign = (request: Request, origin: string): boolean =>
  request.method !== 'GET' && request.method !== 'HEAD' && request.headers.get('origin') !== origin;

/**
 * Under the name that the world knows. A proxy may call us by another one, and Remix would take a form of ours for one
 * of another site then; whether it is one has been looked at before.
 */
const underPublicName = (request: Request, origin: string): Request => {
  const headers = new Headers(request.headers);
  headers.set('host', new URL(origin).host);
  headers.delete('x-forwarded-host');
  return new Request(request, { headers });
};

const shopOf = async ({ deps, sessions }: MerchantsParts, request: Request): Promise<ShopRow | undefined> => {
  const domain = await sessions.of(request);
  const shop = domain && (await deps.shops.byDomain(domain));
  return shop && shop.uninstalledAt === null ? shop : undefined;
};

const withHeaders = (response: Response, nonce: string): Response => {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders(nonce))) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
};

/** The merchant's pages: signing in by Shopify's OAuth, then pages for the shop that is signed in. Never a 500 for a stranger. */
export const createMerchants = (parts: MerchantsParts): WebHandler => {
  const { auth, sessions, render, random, deps } = parts;
  const page = async (request: Request, shop: ShopRow | null): Promise<Response> => {
    const nonce = Buffer.from(random(16)).toString('base64url');
    const report = (error: unknown): void => deps.log.error({ err: error }, 'merchant page failed');
    const context: PageContext =
      shop === null ? { nonce, report } : { nonce, report, desk: createMerchantDesk(deps, shop) };
    // Remix's type of the context is open; routes read it back as a PageContext.
    return withHeaders(
      await render(underPublicName(request, deps.origin()), { merchant: context } as AppLoadContext),
      nonce,
    );
  };
  return async (request) => {
    const path = new URL(request.url).pathname;
    if (path === '/') return openApp(sessions, request);
    if (path === '/auth' || path === '/auth/callback') return authorize(auth, sessions, request);
    if (path === signInPath) return page(request, null);
    if (path !== homePath && !path.startsWith(`${homePath}/`)) return page(request, null);
    if (isForeign(request, deps.origin())) return new Response(null, { status: 403 });
    const shop = await shopOf(parts, request);
    return shop ? page(request, shop) : toSignIn();
  };
};
