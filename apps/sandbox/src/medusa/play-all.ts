import type { GatewayId } from '@gatewright/gateway-simulator';
import { minutes } from '@gatewright/payment-core';
import type { Cell } from '../cell.ts';
import { playCell } from '../play.ts';
import type { MedusaShop } from './medusa-shop.ts';
import type { Place } from './place.ts';
import { medusaScene } from './scene.ts';
import { createSharedTime } from './shared-time.ts';
import { medusaStories } from './stories/medusa-stories.ts';
import { waysOf } from './stories/medusa-story.ts';

/** Steps of this length are fine enough for what the stories tell. */
const longestStepMs = minutes(5);

/** Time for shops that nobody else lets time pass for. */
export const timeOf = (place: Place, shops: readonly MedusaShop[]) =>
  createSharedTime(
    place.simulators.clock.now,
    async (ms) => {
      await place.pass(ms);
      await Promise.all(shops.map((shop) => shop.work()));
    },
    longestStepMs,
  );

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
  const time = timeOf(place, shops);
  const [{ gateways } = { gateways: [] }] = shops;
  const playGateway = async (gateway: GatewayId): Promise<readonly Cell[]> => {
    const { pass, leave } = time.takePart();
    const cells: Cell[] = [];
    for (const shop of shops) {
      const scene = medusaScene(place, shop, gateway, pass);
      const cast = { platform: 'medusa', mode: modeOf(shop), gateway, ways: waysOf(shop.orderTiming), scene };
      for (const story of medusaStories) {
        const cell = await playCell(cast, story);
        told(cell);
        cells.push(cell);
      }
    }
    leave();
    return cells;
  };
  const lanes = await Promise.all(gateways.map(playGateway));
  return shops.flatMap((shop) => lanes.flat().filter(({ mode }) => mode === modeOf(shop)));
};
