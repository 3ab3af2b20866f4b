import type { GatewayId } from '@gatewright/gateway-simulator';
import type { StoreId } from '@gatewright/payment-core';
import type { Shop } from '@gatewright/storefront-simulator';
import type { Stage } from './stage.ts';

/** A shop whose only account is a test one, while its payment method takes live orders. */
export interface TestOnlyShop {
  readonly shop: Shop;
  /** Where its live payments are. */
  readonly store: StoreId;
}

export const openTestOnlyShop = async (
  { shopify, app, simulators }: Stage,
  gateway: GatewayId,
): Promise<TestOnlyShop> => {
  const shop = shopify.openShop({ domain: `only-test-${gateway}.myshopify.com` });
  await shop.merchant.install();
  const store = (await app.vault.storeByUrl(`https://${shop.domain}`))?.id;
  const test = (await app.vault.storeByUrl(`https://${shop.domain}/test`))?.id;
  if (store === undefined || test === undefined) throw new Error('the shop was not installed');
  const { config } = simulators.gateways[gateway].createAccount();
  const added = await app.vault.addAccount({ store: test, gateway, mode: 'test', config });
  if (!added.ok) throw new Error(`account ${gateway}: ${added.reason}`);
  const row = await app.shops.byStore(store);
  if (!row) throw new Error('the app does not know the shop');
  const told = await app.configure(row.domain, 'Test only', true);
  const active = told === 'done' ? shop.merchant.activate({ testMode: false }) : { ok: false };
  if (!active.ok) throw new Error(`switching on: ${told}`);
  return { shop, store };
};
