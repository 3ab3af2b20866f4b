import type { Clock } from '@gatewright/payment-core';
import type { SqlLedger, Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { readBody } from '../server/read-body.ts';
import type { WebHandler } from '../server/web-listener.ts';
import { forgetShop } from '../shops/forget-shop.ts';
import type { ShopBook, ShopRow } from '../shops/shop-book.ts';
import { readShopWebhook, type ShopWebhook } from './read-webhook.ts';
import { verifyShopWebhook } from './verify.ts';

export const shopWebhookPath = '/webhooks/shopify';

export interface ShopWebhookDeps {
  readonly secret: string;
  readonly ledger: SqlLedger;
  readonly vault: Vault;
  readonly shops: ShopBook;
  readonly clock: Clock;
  readonly log: Logger;
}

const bodyLimit = 256 * 1_024;

const answer = (status: number, reason: string): Response => Response.json({ reason }, { status });

/** News of the time before the shop took the app in again says nothing about now. */
const isOld = ({ installedAt }: ShopRow, { at }: ShopWebhook): boolean => at < installedAt;

const uninstalled = async ({ shops, vault }: ShopWebhookDeps, shop: ShopRow): Promise<void> => {
  await shops.uninstall(shop.domain);
  // Shopify has made it useless already.
  await vault.setStorefrontCredentials(shop.live, null, { replace: true });
};

const carryOut = async (deps: ShopWebhookDeps, webhook: ShopWebhook, shop: ShopRow): Promise<void> => {
  switch (webhook.topic) {
    case 'app/uninstalled':
      return isOld(shop, webhook) ? undefined : uninstalled(deps, shop);
    case 'shop/redact':
      return isOld(shop, webhook) ? undefined : forgetShop(deps.ledger, deps.vault, shop);
    case 'customers/data_request':
    case 'customers/redact':
      // We keep no name, address or e-mail of a buyer; the merchant's own records are the answer.
      return undefined;
    default: {
      const never: never = webhook.topic;
      return never;
    }
  }
};

/** `POST /webhooks/shopify`: 401 without Shopify's signature, 503 when it cannot be carried out, so that it comes again. */
export const shopWebhook =
  (deps: ShopWebhookDeps): WebHandler =>
  async (request, { headerLines }) => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const body = await readBody(request, bodyLimit);
    if (!body.ok) return answer(body.status, body.status === 413 ? 'body-too-large' : 'malformed');
    const verdict = verifyShopWebhook(deps.secret, headerLines, body.bytes);
    if (!verdict.ok) return answer(401, verdict.reason);
    const webhook = readShopWebhook(headerLines, deps.clock.now());
    if (!webhook) return answer(400, 'malformed');
    try {
      const shop = await deps.shops.byDomain(webhook.shop);
      if (shop) await carryOut(deps, webhook, shop);
      deps.log.info({ topic: webhook.topic }, 'webhook of Shopify');
      return answer(200, 'taken');
    } catch (error) {
      deps.log.error({ err: error }, 'webhook of Shopify not carried out');
      return answer(503, 'not-stored');
    }
  };
