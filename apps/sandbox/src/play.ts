import { type GatewayCapabilities, gatewayById } from '@gatewright/payment-core';
import { type Cell, notApplicable } from './cell.ts';
import type { Scene } from './stories/scene.ts';
import type { ShopWays, Story } from './stories/story.ts';

export interface Cast {
  readonly platform: string;
  readonly mode: string;
  readonly gateway: string;
  readonly ways: ShopWays;
  readonly scene: Scene;
}

const capabilitiesOf = (gateway: string): GatewayCapabilities => {
  const found = gatewayById(gateway);
  if (!found) throw new Error(`no gateway ${gateway}`);
  return found.capabilities;
};

const tell = async (story: Story, scene: Scene): Promise<string> => {
  try {
    return await story.play(scene);
  } catch (error) {
    return `broke off: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    scene.simulator.faults.clear();
  }
};

/** Plays one story on one gateway; milliseconds are of real time, from the order to the last look at it. */
export const playCell = async (cast: Cast, story: Story): Promise<Cell> => {
  const { platform, mode, gateway, ways, scene } = cast;
  const base = { platform, mode, gateway, story: story.name };
  const expectation = story.expected(capabilitiesOf(gateway), ways);
  if (!expectation.applies) {
    return {
      ...base,
      expected: notApplicable,
      actual: notApplicable,
      ok: true,
      ms: 0,
      reason: expectation.reason,
    };
  }
  const started = performance.now();
  const actual = await tell(story, scene);
  const ms = Math.round(performance.now() - started);
  return { ...base, expected: expectation.outcome, actual, ok: actual === expectation.outcome, ms };
};
