import type { Metrics, OperatorApi } from '@gatewright/operations';
import type { PayPages } from '@gatewright/pay-page';
import type { FastifyInstance } from 'fastify';
import { createServer, type ServerSettings } from './http/server.ts';
import { type Health, registerHealth } from './operations/health.ts';
import { registerOperatorApi } from './operator-api/register.ts';
import { readableUrl, registerPayPages } from './pay/pay-routes.ts';
import { type PluginApiParts, registerPluginApi } from './plugin-api/register.ts';
import type { GatewayWebhooks } from './webhooks/answer-webhook.ts';
import { createWebhookDoor } from './webhooks/webhook-door.ts';
import { registerStoreWebhooks, type StoreWebhooks } from './woocommerce/store-webhook.ts';

export interface PublicServer {
  readonly settings: ServerSettings;
  readonly health: Health;
  readonly pluginApi: PluginApiParts;
  readonly gatewayWebhooks: GatewayWebhooks;
  readonly storeWebhooks: StoreWebhooks;
  readonly payPages: PayPages;
}

/** What the internet reaches. */
export const createPublicServer = (parts: PublicServer): FastifyInstance => {
  const settings = { ...parts.settings, rewriteUrl: readableUrl };
  const app = createServer(settings, createWebhookDoor(parts.gatewayWebhooks, settings));
  registerHealth(app, parts.health);
  registerStoreWebhooks(app, parts.storeWebhooks);
  registerPluginApi(app, parts.pluginApi);
  registerPayPages(app, parts.payPages, parts.pluginApi.api.pages.origin);
  return app;
};

export interface OperatorServer {
  readonly settings: ServerSettings;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly operatorApi: OperatorApi;
}

/** What the operator's own machine reaches. */
export const createOperatorServer = (parts: OperatorServer): FastifyInstance => {
  const { settings, health, metrics, operatorApi } = parts;
  const app = createServer(settings);
  registerHealth(app, health);
  registerOperatorApi(app, operatorApi);
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  return app;
};
