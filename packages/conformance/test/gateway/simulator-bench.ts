import {
  type GatewayId,
  type GatewaySimulatorsById,
  type ShopperAction,
  startGatewaySimulators,
  type VirtualClock,
} from '@gatewright/gateway-simulator';
import { createNodeEgress, createNodeHttpClient } from '@gatewright/outbound-http';
import type { BenchShopper, GatewayBench } from '../../src/gateway/bench.ts';

/** An action of a simulator's shopper that must succeed. */
export const must =
  (action: ShopperAction) =>
  async (payment: string, how: Parameters<ShopperAction>[1] = {}): Promise<void> => {
    const outcome = await action(payment, how);
    if (!outcome.ok) throw new Error(`the gateway refuses: ${outcome.reason}`);
  };

/** One of our simulators as a bench. @param shopperOf what its shoppers do, in the bench's words */
export const simulatorBench = async <Id extends GatewayId>(
  id: Id,
  shopperOf: (gateway: GatewaySimulatorsById<Id>[Id], clock: VirtualClock) => BenchShopper,
): Promise<GatewayBench> => {
  const { gateways, clock, stop } = await startGatewaySimulators({
    gateways: [id],
    seed: 7,
    knobs: { rateLimits: false, confirmationMs: 1_000 },
  });
  const gateway = gateways[id];
  const egress = createNodeEgress({ sandbox: true });
  return {
    clock,
    http: createNodeHttpClient({ egress, clock, sleep: () => Promise.resolve(), random: () => 0 }),
    openAccount: async (webhookUrl) => {
      const { accountId, config } = gateway.createAccount();
      gateway.setWebhookUrl(accountId, webhookUrl);
      return {
        config,
        payments: () =>
          gateway.payments(accountId).map((payment) => ({
            id: payment.id,
            reference: payment.reference ?? null,
            amount: payment.amount ?? null,
          })),
      };
    },
    shopper: shopperOf(gateway, clock),
    close: stop,
  };
};
