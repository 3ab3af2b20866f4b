import type { GatewayForm } from '@gatewright/operations';
import type { Account, Ports } from '@gatewright/payment-core';

/** An account as its owner sees it: no part of a secret is in it. */
export interface AccountView {
  readonly id: string;
  readonly gateway: string;
  readonly title: string;
  readonly mode: 'live' | 'test';
  readonly enabled: boolean;
  /** Where the gateway has to send its webhooks; null where the address travels with each invoice. */
  readonly webhookUrl: string | null;
  /** Whether refunds go through the gateway or by hand. */
  readonly refundsBy: 'gateway' | 'hand';
  /** Why it can take nothing, as of this process's last calls and its stored configuration. */
  readonly trouble: string | null;
}

const troubleOf = (ports: Ports, account: Account): string | null => {
  const gateway = ports.gateway(account.gateway);
  if (!gateway?.readConfig(account.config).ok) return 'config-unusable';
  return ports.health.troubleOf(account.id, ports.clock.now()) ?? null;
};

export const accountView = (ports: Ports, forms: readonly GatewayForm[], account: Account): AccountView => {
  const gateway = ports.gateway(account.gateway);
  const form = forms.find((known) => known.gateway === account.gateway);
  return {
    id: account.id,
    gateway: account.gateway,
    title: gateway?.title ?? account.gateway,
    mode: account.mode,
    enabled: account.enabled,
    webhookUrl: form?.webhookByHand ? ports.webhookUrl(account) : null,
    refundsBy: (gateway?.capabilities.refund ?? 'none') === 'none' ? 'hand' : 'gateway',
    trouble: troubleOf(ports, account),
  };
};
