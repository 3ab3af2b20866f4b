import { serveOrders } from './checkout/orders-page.ts';
import { serveCheckout } from './checkout/pages.ts';
import { serveSettings } from './checkout/settings-page.ts';
import { serveStore } from './checkout/store-page.ts';
import { serveGraphql } from './graphql/endpoint.ts';
import { type HttpCall, jsonAnswer, type Served, type ServedAnswer, seeOther } from './http/call.ts';
import { serveAuthorize } from './oauth/authorize.ts';
import { serveToken } from './oauth/token-endpoint.ts';
import { appUrl } from './people/install.ts';
import type { Platform, ShopState } from './store/platform.ts';

const GRAPHQL_PATH = /^\/payments_apps\/api\/([^/]+)\/graphql\.json$/;

const notFound = (): ServedAnswer => jsonAnswer(404, { errors: 'Not Found' });

const servePage = async (platform: Platform, shop: ShopState, call: HttpCall): Promise<ServedAnswer> => {
  if (call.path === '/admin/oauth/authorize') return serveAuthorize(platform, shop, call);
  if (call.path === '/' || call.path === '/cart') return serveStore(platform, shop, call);
  if (call.path === '/admin/orders') return serveOrders(platform, shop, call);
  if (call.path.startsWith('/checkouts/')) return serveCheckout(platform, shop, call);
  if (call.path.startsWith('/services/payments_partners/')) return serveSettings(platform, shop, call);
  const opensApp = platform.app !== undefined && call.path === `/admin/apps/${platform.app.apiKey}`;
  return opensApp ? seeOther(appUrl(platform, shop), 302) : notFound();
};

/** Everything that `*.myshopify.com` answers here, by host and path. */
export const serve = async (platform: Platform, call: HttpCall): Promise<Served> => {
  const shop = platform.shops.get(call.host);
  if (shop === undefined) return notFound();
  const version = GRAPHQL_PATH.exec(call.path)?.[1];
  if (version !== undefined && call.method === 'POST') return serveGraphql(platform, shop, version, call);
  if (call.path === '/admin/oauth/access_token' && call.method === 'POST')
    return serveToken(platform, shop, call);
  const at = platform.clock.now();
  const answer = await servePage(platform, shop, call);
  const { method, path } = call;
  platform.journal.push({ kind: 'page', at, shop: shop.domain, method, path, status: answer.status });
  return answer;
};
