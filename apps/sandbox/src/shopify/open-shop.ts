import { type GatewaySimulators, gatewayIds } from '@gatewright/gateway-simulator';
import { type App, shopDomainSchema } from '@gatewright/shopify-payments-app';
import type { Browser, Shop, ShopifyDouble } from '@gatewright/storefront-simulator';

/** The merchant installs the app: Shopify's consent page, and the walk back with cookies. */
const install = async (shop: Shop): Promise<Browser> => {
  const { page, browser } = await shop.merchant.install();
  if (page.status !== 200 || new URL(page.url).pathname !== '/app')
    throw new Error(`the installation ended at ${page.status} ${page.url}`);
  return browser;
};

/** A shop whose merchant has the app, an account at every gateway, and the payment method switched on. */
export const openShop = async (shopify: ShopifyDouble, app: App, simulators: GatewaySimulators) => {
  const shop = shopify.openShop({ domain: 'demo.myshopify.com' });
  const merchant = await install(shop);
  const row = await app.shops.byDomain(shopDomainSchema.parse(shop.domain));
  if (!row) throw new Error('the app does not know the shop that has installed it');
  for (const gateway of gatewayIds) {
    const simulator = simulators.gateways[gateway];
    const { config, accountId } = simulator;
    const added = await app.vault.addAccount({ store: row.test, gateway, mode: 'test', config });
    if (!added.ok) throw new Error(`account ${gateway}: ${added.reason}`);
    const set = simulator.setWebhookUrl(accountId, app.ports.webhookUrl(added.account));
    if (!set.ok && set.reason !== 'not-supported') throw new Error(`webhooks of ${gateway}: ${set.reason}`);
  }
  const told = await app.configure(row.domain, 'Demo shop', true);
  if (told !== 'done') throw new Error(`Shopify was told that we are ready: ${told}`);
  const active = shop.merchant.activate({ testMode: true });
  if (!active.ok) throw new Error(`switching on: ${active.reason}`);
  return { shop, store: row.test, merchant };
};
