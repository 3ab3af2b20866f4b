import type { GatewayId, GatewaySimulators } from '@gatewright/gateway-simulator';
import type { StoreId } from '@gatewright/payment-core';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import type { Bridge } from '@gatewright/woocommerce-bridge';

export interface HostedShop {
  readonly shop: WooCommerceDouble;
  readonly store: StoreId;
}

/** Accounts of its own at every gateway: an account belongs to one store. */
const connectOwnAccounts = async (
  bridge: Bridge,
  store: StoreId,
  simulators: GatewaySimulators,
  ids: readonly GatewayId[],
): Promise<void> => {
  for (const id of ids) {
    const simulator = simulators.gateways[id];
    const { accountId, config } = simulator.createAccount();
    const added = await bridge.vault.addAccount({ store, gateway: id, mode: 'test', config });
    if (!added.ok) throw new Error(`account ${id} of the hosted shop: ${added.reason}`);
    simulator.setWebhookUrl(accountId, `${bridge.publicUrl}/webhooks/${id}/${added.account.id}`);
  }
};

/**
 * A shop where plugins cannot be installed: its REST keys are all the bridge has, a bank transfer stands for our
 * payments, and an order is given up after an hour, as the other shop's is.
 */
export const openHostedShop = async (
  bridge: Bridge,
  simulators: GatewaySimulators,
  ids: readonly GatewayId[],
): Promise<HostedShop> => {
  const shop = await startWooCommerce({ clock: simulators.clock, seed: 2027, plugin: false });
  const added = await bridge.vault.addStore({
    name: 'Hosted demo shop',
    mode: 'test',
    platform: 'woocommerce',
    url: shop.url,
    settings: { restOnly: { methods: ['bacs'], deadlineHours: 1 } },
  });
  if (!added.ok) throw new Error(`hosted store: ${added.reason}`);
  const { id: store } = added.store;
  const keys = await bridge.vault.setStorefrontCredentials(store, shop.restKeys, { replace: false });
  if (!keys.ok) throw new Error(`keys of the hosted shop: ${keys.reason}`);
  await connectOwnAccounts(bridge, store, simulators, ids);
  await bridge.watch();
  return { shop, store };
};
