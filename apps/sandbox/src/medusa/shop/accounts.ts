import type { GatewayId, GatewaySimulators } from '@gatewright/gateway-simulator';

/** A provider entry of medusa-config for an account at a simulated gateway. */
export interface ProviderEntry {
  readonly id: GatewayId;
  /** The simulator's name of the account. */
  readonly accountId: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Medusa's name of the entry, which is our account's id too. */
export const providerOf = (gateway: GatewayId): string => `pp_gatewright_${gateway}`;

const plainConfig = (config: object): Readonly<Record<string, unknown>> => ({ ...config });

/**
 * An account of its own at every gateway, because an account belongs to one store, with its webhooks coming to the
 * plugin's route where the gateway keeps one address per account.
 */
export const openAccounts = (
  simulators: GatewaySimulators,
  gateways: readonly GatewayId[],
  publicUrl: string,
): readonly ProviderEntry[] =>
  gateways.map((id) => {
    const simulator = simulators.gateways[id];
    const { accountId, config } = simulator.createAccount();
    const set = simulator.setWebhookUrl(accountId, `${publicUrl}/gatewright/webhooks/${providerOf(id)}`);
    if (!set.ok && set.reason !== 'not-supported') throw new Error(`webhook address of ${id}: ${set.reason}`);
    return { id, accountId, options: { gateway: id, mode: 'test', ...plainConfig(config) } };
  });
