import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { minutes, seconds } from '@gatewright/payment-core';
import type { Cell } from '../cell.ts';
import { playCell } from '../play.ts';
import type { MedusaShop } from './medusa-shop.ts';
import type { Place } from './place.ts';
import { medusaScene } from './scene.ts';
import { createSharedTime } from './shared-time.ts';
import { medusaStories } from './stories/medusa-stories.ts';
import { waysOf } from './stories/medusa-story.ts';

/** Time for stories that play at the same time; steps of five minutes are fine enough for what they tell. */
export const timeOf = ({ simulators, pass }: Place) =>
  createSharedTime({
    now: simulators.clock.now,
    pass,
    longestMs: minutes(5),
    togetherMs: seconds(30),
  });

const modeOf = ({ orderTiming }: MedusaShop): string => orderTiming.replace('_', '-');

/**
 * Plays every story on every gateway in every shop. The gateways play at the same time, each its stories one after
 * the other, so that they wait for time together.
 */
export const playAll = async (
  place: Place,
  shops: readonly MedusaShop[],
  told: (cell: Cell) => void,
): Promise<readonly Cell[]> => {
  const time = timeOf(place);
  const playGateway = async (gateway: GatewayId): Promise<readonly Cell[]> => {
    const share = time.takePart();
    const cells: Cell[] = [];
    // Half of the gateways begin in the last shop, so that no shop stands idle.
    for (const shop of gatewayIds.indexOf(gateway) % 2 === 0 ? shops : [...shops].reverse()) {
      const scene = medusaScene(place, shop, gateway, share);
      const cast = { platform: 'medusa', mode: modeOf(shop), gateway, ways: waysOf(shop.orderTiming), scene };
      for (const story of medusaStories) {
        const cell = await playCell(cast, story);
        told(cell);
        cells.push(cell);
      }
    }
    share.leave();
    return cells;
  };
  const lanes = await Promise.all(gatewayIds.map(playGateway));
  return shops.flatMap((shop) => lanes.flat().filter(({ mode }) => mode === modeOf(shop)));
};
