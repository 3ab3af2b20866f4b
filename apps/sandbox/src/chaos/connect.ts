import { randomBytes } from 'node:crypto';
import type { GatewaySimulators } from '@gatewright/gateway-simulator';
import { type AccountId, type Clock, minutes, type StoreId } from '@gatewright/payment-core';
import { type OpenedSqlLedger, openLedger, parseKeyRing, type Vault } from '@gatewright/payment-ledger';
import type { WooCommerceDouble } from '@gatewright/storefront-simulator';
import { type ChaosGateway, chaosGateways } from './plan/plan.ts';

export type Opened = OpenedSqlLedger & { readonly vault: Vault };

/** The ledger of the bridges, opened once more, as the command line does. */
export const openShared = async (databaseUrl: string, clock: Clock, keys: string): Promise<Opened> => {
  const ring = parseKeyRing(keys);
  if (!ring.ok) throw new Error(ring.message);
  const jobs = { supervise: false };
  const opened = await openLedger(databaseUrl, { clock, random: randomBytes, keys: ring.ring, jobs });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

/** Pairs the shop's plugin with the bridge, as its owner does. */
export const connectShop = async (
  { vault }: Opened,
  shop: WooCommerceDouble,
  shopUrl: string,
  bridgeUrl: string,
): Promise<StoreId> => {
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url: shopUrl });
  if (!added.ok) throw new Error(added.reason);
  const { id } = added.store;
  await vault.setStorefrontCredentials(id, shop.restKeys, { replace: false });
  const code = await vault.issueCode('pairing', id, minutes(10));
  const paired = await shop.pairBridge(`${bridgeUrl}#${code}`);
  if (!paired.ok) throw new Error(`pairing: ${JSON.stringify(paired)}`);
  return id;
};

export type Accounts = Readonly<Record<ChaosGateway, AccountId>>;

/** One account for each gateway, with its webhooks coming to the bridge. */
export const connectAccounts = async (
  { vault }: Opened,
  store: StoreId,
  simulators: GatewaySimulators<ChaosGateway>,
  bridgeUrl: string,
): Promise<Accounts> => {
  const connect = async (gateway: ChaosGateway): Promise<AccountId> => {
    const simulator = simulators.gateways[gateway];
    const added = await vault.addAccount({ store, gateway, mode: 'test', config: simulator.config });
    if (!added.ok) throw new Error(added.reason);
    const { id } = added.account;
    const set = simulator.setWebhookUrl(simulator.accountId, `${bridgeUrl}/webhooks/${gateway}/${id}`);
    if (!set.ok && set.reason !== 'not-supported') throw new Error(set.reason);
    return id;
  };
  const ids = new Map<ChaosGateway, AccountId>();
  for (const gateway of chaosGateways) ids.set(gateway, await connect(gateway));
  // The loop above has made one for each.
  return Object.fromEntries(ids) as Accounts;
};
