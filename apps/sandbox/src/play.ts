import { type GatewayCapabilities, gatewayById } from '@gatewright/payment-core';
import { type Cell, notApplicable } from './cell.ts';
import type { Scene } from './stories/scene.ts';
import type { ShopWays, Story } from './stories/story.ts';

/** What playing a cell itself needs of a scene. */
interface Stoppable {
  readonly simulator: Pick<Scene['simulator'], 'faults'>;
}

export interface Cast<S extends Stoppable = Scene, W = ShopWays> {
  readonly platform: string;
  readonly mode: string;
  readonly gateway: string;
  readonly ways: W;
  readonly scene: S;
}

const capabilitiesOf = (gateway: string): GatewayCapabilities => {
  const found = gatewayById(gateway);
  if (!found) throw new Error(`no gateway ${gateway}`);
  return found.capabilities;
};

const tell = async <S extends Stoppable, W>(story: Story<S, W>, scene: S): Promise<string> => {
  try {
    return await story.play(scene);
  } catch (error) {
    return `broke off: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    scene.simulator.faults.clear();
  }
};

/** Plays one story on one gateway; milliseconds are of real time, from the order to the last look at it. */
export const playCell = async <S extends Stoppable, W>(
  cast: Cast<S, W>,
  story: Story<S, W>,
): Promise<Cell> => {
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
