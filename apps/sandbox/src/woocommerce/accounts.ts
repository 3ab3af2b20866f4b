import { randomBytes } from 'node:crypto';
import type { GatewayId, GatewaySimulators } from '@gatewright/gateway-simulator';
import { type AccountId, newTestGatewayConfig, type StoreId } from '@gatewright/payment-core';
import type { Bridge } from '@gatewright/woocommerce-bridge';

/** What an account needs besides the credentials that its simulator hands out: none of ours here. */
const addAccount = async (
  bridge: Bridge,
  store: StoreId,
  gateway: string,
  config: unknown,
): Promise<AccountId> => {
  const added = await bridge.vault.addAccount({ store, gateway, mode: 'test', config });
  if (!added.ok) throw new Error(`account ${gateway}: ${added.reason}`);
  return added.account.id;
};

/**
 * One account per gateway, and its webhook address set where the gateway keeps one per account; and the built-in test
 * gateway, with which an owner tries the whole way without an account anywhere.
 */
export const connectAccounts = async (
  bridge: Bridge,
  store: StoreId,
  simulators: GatewaySimulators,
  ids: readonly GatewayId[],
): Promise<void> => {
  for (const id of ids) {
    const simulator = simulators.gateways[id];
    const account = await addAccount(bridge, store, id, simulator.config);
    const set = simulator.setWebhookUrl(simulator.accountId, `${bridge.publicUrl}/webhooks/${id}/${account}`);
    if (!set.ok && set.reason !== 'not-supported') throw new Error(`webhook address of ${id}: ${set.reason}`);
  }
  await addAccount(bridge, store, 'test', newTestGatewayConfig(randomBytes));
};
