import type { Directory } from '../../../src/account/account.ts';
import { createMemoryLedger, type MemoryLedger } from '../../../src/ledger/memory-ledger.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { directoryOf } from './cast.ts';
import { emptyGateway, type GatewayState, type Traits } from './gateway-state.ts';
import type { ShopState } from './shop-state.ts';

/** The parts of the world that a step changes in place; between steps they are put in from a `World` and taken out again. */
export interface Stage {
  readonly scenario: Scenario;
  readonly directory: Directory;
  readonly memory: MemoryLedger;
  now: number;
  gateway: GatewayState;
  shop: ShopState;
  thrown: readonly string[];
}

/** 2026-11-21T00:00:00Z; traces show the time since then. */
export const beginning = 1_795_219_200_000;

export const openStage = (scenario: Scenario): Stage => ({
  scenario,
  directory: directoryOf(scenario),
  memory: createMemoryLedger(),
  now: beginning,
  gateway: emptyGateway,
  shop: { orders: [], underWay: [] },
  thrown: [],
});

export const traitsOf =
  (scenario: Scenario) =>
  (gateway: string): Traits => {
    const traits = scenario.gateways.find(({ id }) => id === gateway);
    if (!traits) throw new Error(`model: no gateway ${gateway}`);
    return traits;
  };
