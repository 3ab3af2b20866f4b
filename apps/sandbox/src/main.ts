import { type Cell, summarize } from './cell.ts';
import { readOptions } from './options.ts';
import { playCell } from './play.ts';
import { liveOn, openDoors } from './stay-up.ts';
import { stories } from './stories/stories.ts';
import { renderTable } from './table.ts';
import { counters } from './woocommerce/counter.ts';
import { sceneOf } from './woocommerce/scene.ts';
import { openStage, type Stage } from './woocommerce/stage.ts';

const progress = (cell: Cell): void => {
  const word = cell.reason === undefined ? `${cell.ok ? 'ok' : 'WRONG'}: ${cell.actual}` : 'not applicable';
  console.error(`${cell.mode}, ${cell.gateway}, ${cell.story}: ${word}`);
};

const playAll = async (stage: Stage): Promise<readonly Cell[]> => {
  const cells: Cell[] = [];
  for (const counter of counters(stage)) {
    const { mode, ways } = counter;
    for (const gateway of stage.gateways) {
      const cast = { platform: 'woocommerce', mode, gateway, ways, scene: sceneOf(counter, gateway) };
      for (const story of stories) {
        const cell = await playCell(cast, story);
        progress(cell);
        cells.push(cell);
      }
    }
  }
  return cells;
};

/** Aborts on the first Ctrl+C. */
const untilStopped = (): AbortSignal => {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  return stop.signal;
};

const run = async (): Promise<number> => {
  const read = readOptions(process.argv.slice(2));
  if (!read.ok) {
    console.error(read.message);
    return 2;
  }
  const { options } = read;
  console.error('Starting the simulated gateways, a simulated WooCommerce shop and the bridge between them.');
  const stage = await openStage();
  try {
    const summary = summarize(await playAll(stage));
    console.log(renderTable(summary.cells));
    console.log(`\n${summary.passed} of ${summary.cells.length} cells are right.`);
    if (!options.once) console.log(await openDoors(stage));
    if (options.json) console.log(JSON.stringify(summary));
    if (!options.once) await liveOn(stage, untilStopped());
    return summary.failed === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
};

process.exitCode = await run();
