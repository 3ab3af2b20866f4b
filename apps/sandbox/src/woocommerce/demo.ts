import type { Cell } from '../cell.ts';
import type { OpenDemo } from '../demo.ts';
import { playCell } from '../play.ts';
import { stories } from '../stories/stories.ts';
import { counters } from './counter.ts';
import { sceneOf } from './scene.ts';
import { openStage, type Stage } from './stage.ts';
import { liveOn, openDoors } from './stay-up.ts';

const playAll = async (stage: Stage, told: (cell: Cell) => void): Promise<readonly Cell[]> => {
  const cells: Cell[] = [];
  for (const counter of counters(stage)) {
    const { mode, ways } = counter;
    for (const gateway of stage.gateways) {
      const cast = { platform: 'woocommerce', mode, gateway, ways, scene: sceneOf(counter, gateway) };
      for (const story of stories) {
        const cell = await playCell(cast, story);
        told(cell);
        cells.push(cell);
      }
    }
  }
  return cells;
};

export const openWooCommerceDemo: OpenDemo = async (tell) => {
  tell('Starting the simulated gateways, a simulated WooCommerce shop and the bridge between them.');
  const stage = await openStage();
  return {
    playAll: (told) => playAll(stage, told),
    openDoors: () => openDoors(stage),
    liveOn: (enough) => liveOn(stage, enough),
    stop: stage.stop,
  };
};
