import { randomBytes } from 'node:crypto';
import { configManager } from '@medusajs/framework/config';
import { defineMiddlewares } from '@medusajs/framework/http';
import { payBasePath, webhookBasePath } from '../engine/engine.ts';
import { completeInTurn } from '../fulfilment/complete-in-turn.ts';
import { servePayPages } from '../pay/serve-pay-pages.ts';
import { readMedusaConfig } from '../settings/medusa-config.ts';
import { answerCoreRoute, coreRoute, coreRoutesOf } from '../webhooks/core-route.ts';

const entries = (): readonly string[] => {
  const read = readMedusaConfig(configManager.config, randomBytes);
  return read.ok ? read.settings.accounts.map(({ entry }) => entry) : [];
};

/** Bodies below our own addresses are read by us: signatures cover the bytes, and the pages cap their forms themselves. */
export default defineMiddlewares({
  routes: [
    { matcher: `${webhookBasePath}/:account`, methods: ['POST'], bodyParser: false },
    ...coreRoutesOf(entries()).map((matcher) => ({
      matcher,
      methods: ['POST' as const],
      bodyParser: false as const,
    })),
    { matcher: coreRoute, methods: ['POST'], middlewares: [answerCoreRoute] },
    { matcher: `${payBasePath}/*`, bodyParser: false },
    { matcher: payBasePath, middlewares: [servePayPages] },
    { matcher: '/store/carts/:id/complete', methods: ['POST'], middlewares: [completeInTurn] },
  ],
});
