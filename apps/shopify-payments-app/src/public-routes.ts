import type { WebhookObservation } from '@gatewright/operations';
import { clientKey, type PageHost } from '@gatewright/pay-page';
import type { Logger } from 'pino';
import { gatewayWebhook, gatewayWebhookPath } from './gateway-webhooks/gateway-webhook.ts';
import type { NoteSighting } from './gateway-webhooks/webhook-sightings.ts';
import { payBasePath } from './pay/app-pages.ts';
import { type PayRoute, payRoute } from './pay/pay-route.ts';
import { returnPath, returnToShopify } from './pay/return-route.ts';
import type { WebHandler } from './server/web-listener.ts';
import { shopWebhookPath } from './shop-webhooks/shop-webhook.ts';

export interface PublicRoutes extends PayRoute {
  readonly host: PageHost;
  readonly noteSighting: NoteSighting;
  readonly health: (path: string) => Promise<Response> | undefined;
  /** Told what a gateway's webhook was answered. */
  readonly onWebhook: (answer: WebhookObservation) => void;
  readonly shopWebhooks: WebHandler;
  readonly merchants: WebHandler;
  readonly log: Logger;
}

/** What buyers, gateways and merchants reach. The session endpoints are not here: they have a listener of their own. */
export const publicRoutes = (routes: PublicRoutes): WebHandler => {
  const { pages, merchants } = routes;
  const webhook = gatewayWebhook(routes);
  const pay = payRoute(routes);
  const goBack = returnToShopify(routes);
  return async (request, caller) => {
    const path = new URL(request.url).pathname;
    const health = await routes.health(path);
    if (health) return health;
    if (path.startsWith(`${payBasePath}/`)) return pay(request, caller);
    if (path.startsWith(returnPath))
      return (await goBack(request, path)) ?? pages.handle(request, { clientKey: clientKey(caller.address) });
    const [, gateway, account] = gatewayWebhookPath.exec(path) ?? [];
    if (gateway !== undefined && account !== undefined)
      return request.method === 'POST'
        ? webhook(request, caller.headerLines, gateway, account)
        : new Response(null, { status: 405, headers: { allow: 'POST' } });
    if (path === shopWebhookPath) return routes.shopWebhooks(request, caller);
    return merchants(request, caller);
  };
};
