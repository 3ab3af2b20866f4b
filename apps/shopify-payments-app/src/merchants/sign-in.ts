import { shopDomainSchema } from '../sessions/session-headers.ts';
import type { ShopifyAuth } from '../shopify/shopify.server.ts';
import type { MerchantSessions } from './merchant-sessions.ts';

/** What a merchant sees who is not signed in; Shopify opens the app with the shop in the address. */
export const signInPath = '/auth/login';
export const homePath = '/app';

const seeOther = (location: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', ...headers } });

/** The library's cookies hold a state for a minute; no script has to read them. */
const httpOnly = (line: string): string => (/;\s*httponly/i.test(line) ? line : `${line}; HttpOnly`);

const redirectOf = (response: Response): Response => {
  const location = response.headers.get('location');
  if (location === null) return seeOther(`${signInPath}?refused=1`);
  const answer = seeOther(location);
  for (const line of response.headers.getSetCookie()) answer.headers.append('set-cookie', httpOnly(line));
  return answer;
};

/** Shopify opens the app at its root, with the shop in the query; anything else there is somebody looking around. */
export const openApp = async (sessions: MerchantSessions, request: Request): Promise<Response> => {
  const shop = shopDomainSchema.safeParse(new URL(request.url).searchParams.get('shop')?.toLowerCase());
  if (!shop.success) return seeOther((await sessions.of(request)) ? homePath : signInPath);
  const signedIn = await sessions.of(request);
  return seeOther(signedIn === shop.data ? homePath : `/auth?${new URLSearchParams({ shop: shop.data })}`);
};

/**
 * `/auth` and `/auth/callback`. Whoever comes through is signed in with a cookie of ours; whatever was wrong with the
 * call ends on the page that says how to come in, never in an error (contract 3.4, trap 3).
 */
export const authorize = async (
  auth: ShopifyAuth,
  sessions: MerchantSessions,
  request: Request,
): Promise<Response> => {
  const { response, installed } = await auth(request);
  if (installed === undefined) return redirectOf(response);
  return seeOther(homePath, { 'set-cookie': await sessions.begin(installed) });
};
