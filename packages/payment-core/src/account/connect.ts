import type { GatewayAccount } from '../gateways/gateway.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import type { AccountId } from '../identity/identity.ts';
import type { Ports } from '../ports.ts';
import type { Account, Store } from './account.ts';

/** An account with its store, its gateway and a connection that can make calls. */
export interface ConnectedAccount {
  readonly account: Account;
  readonly store: Store;
  readonly gateway: RegisteredGateway;
  readonly calls: GatewayAccount;
}

export type ConnectResult =
  | { readonly ok: true; readonly connected: ConnectedAccount }
  | { readonly ok: false; readonly reason: 'account-unknown' | 'gateway-unknown' | 'config-unusable' };

export const connectAccount = async (ports: Ports, id: AccountId): Promise<ConnectResult> => {
  const account = await ports.directory.account(id);
  const store = account && (await ports.directory.store(account.store));
  if (!account || !store) return { ok: false, reason: 'account-unknown' };
  const gateway = ports.gateway(account.gateway);
  if (!gateway) return { ok: false, reason: 'gateway-unknown' };
  const calls = gateway.connect(account.config, {
    http: ports.http(account),
    clock: ports.clock,
    sandbox: ports.sandbox,
  });
  if (!calls) return { ok: false, reason: 'config-unusable' };
  return { ok: true, connected: { account, store, gateway, calls } };
};
