import { type Cell, summarize } from './cell.ts';
import { readOptions } from './options.ts';
import { playCell } from './play.ts';
import { stories } from './stories/stories.ts';
import { renderTable } from './table.ts';
import { sceneOf } from './woocommerce/scene.ts';
import { openStage, type Stage } from './woocommerce/stage.ts';

const progress = (cell: Cell): void => {
  const word = cell.reason === undefined ? `${cell.ok ? 'ok' : 'WRONG'}: ${cell.actual}` : 'not applicable';
  console.error(`${cell.gateway}, ${cell.story}: ${word}`);
};

const playAll = async (stage: Stage): Promise<readonly Cell[]> => {
  const cells: Cell[] = [];
  for (const gateway of stage.gateways) {
    const cast = { platform: 'woocommerce', mode: 'plugin', gateway, scene: sceneOf(stage, gateway) };
    for (const story of stories) {
      const cell = await playCell(cast, story);
      progress(cell);
      cells.push(cell);
    }
  }
  return cells;
};

const urls = (stage: Stage): string =>
  [
    '',
    `shop            ${stage.shop.url}`,
    `bridge          ${stage.bridge.publicUrl}`,
    `operator        ${stage.bridge.operatorUrl}/metrics`,
    `simulators      ${stage.simulators.control.url}`,
    `ledger          ${stage.database}`,
    '',
    'Everything above is on this machine. Ctrl+C ends it.',
  ].join('\n');

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });

const run = async (): Promise<number> => {
  const read = readOptions(process.argv.slice(2));
  if (!read.ok) {
    console.error(read.message);
    return 2;
  }
  const { options } = read;
  console.error(
    'Starting five simulated gateways, a simulated WooCommerce shop and the bridge between them.',
  );
  const stage = await openStage();
  try {
    const summary = summarize(await playAll(stage));
    console.log(renderTable(summary.cells));
    console.log(`\n${summary.passed} of ${summary.cells.length} cells are right.`);
    if (!options.once) console.log(urls(stage));
    if (options.json) console.log(JSON.stringify(summary));
    if (!options.once) await untilStopped();
    return summary.failed === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
};

process.exitCode = await run();
