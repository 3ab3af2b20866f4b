import { createNodeEgress, createNodeHttpClient } from '@gatewright/outbound-http';
import { createAccountHealth, gatewayById, type Ports } from '@gatewright/payment-core';
import type { Host } from './host.ts';
import type { Session } from './ledger-session.ts';
import { webhookUrl } from './webhook-url.ts';

/**
 * What the core's checks need to call gateways from a command line. No order is told or converted by a check, so
 * the storefront says it is not there and no rate is known.
 */
export const gatewayPorts = (
  host: Host,
  { opened, vault }: Pick<Session, 'opened' | 'vault'>,
  sandbox: boolean,
): Ports => {
  const egress = createNodeEgress({ sandbox });
  const { clock, random } = host;
  return {
    ledger: opened.ledger,
    directory: vault,
    storefront: { tell: async () => ({ outcome: 'unavailable', reason: 'no-storefront' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock,
    random,
    gateway: gatewayById,
    http: ({ gateway }) => {
      const rateLimit = gatewayById(gateway)?.rateLimit;
      return createNodeHttpClient({ egress, clock, ...(rateLimit === undefined ? {} : { rateLimit }) });
    },
    webhookUrl: (account) => webhookUrl(host.environment.publicUrl ?? '', account),
    sandbox,
  };
};
