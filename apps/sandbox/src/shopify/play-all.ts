import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { hours, seconds } from '@gatewright/payment-core';
import type { Cell } from '../cell.ts';
import { createSharedTime } from '../medusa/shared-time.ts';
import { playCell } from '../play.ts';
import { shopifyScene } from './scene.ts';
import type { Stage } from './stage.ts';
import { shopifyStories } from './stories/shopify-stories.ts';

/** Time for stories that play at the same time; how fine its steps are, they say themselves. */
const timeOf = ({ simulators: { clock } }: Stage) =>
  createSharedTime({
    now: clock.now,
    pass: (ms) => clock.advance(ms),
    longestMs: hours(1),
    togetherMs: seconds(30),
  });

/** Plays every story on every gateway. The gateways play at the same time, each its stories one after the other. */
export const playAll = async (stage: Stage, told: (cell: Cell) => void): Promise<readonly Cell[]> => {
  const time = timeOf(stage);
  const playGateway = async (gateway: GatewayId): Promise<readonly Cell[]> => {
    const share = time.takePart();
    const scene = shopifyScene(stage, gateway, share);
    const cast = { platform: 'shopify', mode: 'payments app', gateway, ways: {}, scene };
    const cells: Cell[] = [];
    for (const story of shopifyStories) {
      const cell = await playCell(cast, story);
      told(cell);
      cells.push(cell);
    }
    share.leave();
    return cells;
  };
  return (await Promise.all(gatewayIds.map(playGateway))).flat();
};
