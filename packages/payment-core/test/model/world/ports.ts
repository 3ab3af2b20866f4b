import { createAccountHealth } from '../../../src/health/account-health.ts';
import type { Ports } from '../../../src/ports.ts';
import type { ProcessLedger } from '../planted/design.ts';
import type { Surroundings } from '../process/live-process.ts';
import { modelGateway } from './model-gateway.ts';
import { modelStorefront } from './model-storefront.ts';
import type { Stage } from './stage.ts';

/** The core's ports as one process of the model sees them. */
export const portsFor = (
  stage: Stage,
  { door, clock, random }: Surroundings,
  ledger: ProcessLedger,
): Ports => {
  const gateways = new Map(
    stage.scenario.gateways.map((traits) => [traits.id, modelGateway(traits, stage, door)]),
  );
  return {
    ledger,
    directory: stage.directory,
    storefront: modelStorefront(stage, door),
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock,
    random,
    gateway: (id) => gateways.get(id),
    http: () => async () => ({ outcome: 'unavailable', reason: 'not-sent' }),
    webhookUrl: (account) => `https://bridge.example/webhooks/${account.gateway}/${account.id}`,
    sandbox: true,
  };
};
