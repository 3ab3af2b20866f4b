import { type Cell, summarize } from './cell.ts';
import type { OpenDemo } from './demo.ts';
import { openMedusaDemo } from './medusa/demo.ts';
import { type Options, readOptions } from './options.ts';
import { openShopifyDemo } from './shopify/demo.ts';
import { renderTable } from './table.ts';
import { openWooCommerceDemo } from './woocommerce/demo.ts';

const progress = (cell: Cell): void => {
  const word = cell.reason === undefined ? `${cell.ok ? 'ok' : 'WRONG'}: ${cell.actual}` : 'not applicable';
  console.error(`${cell.mode}, ${cell.gateway}, ${cell.story}: ${word}`);
};

const demos: Readonly<Record<Options['platform'], OpenDemo>> = {
  woocommerce: openWooCommerceDemo,
  medusa: openMedusaDemo,
  shopify: openShopifyDemo,
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
  const demo = await demos[options.platform]((what) => console.error(what));
  try {
    const summary = summarize(await demo.playAll(progress));
    console.log(renderTable(summary.cells));
    console.log(`\n${summary.passed} of ${summary.cells.length} cells are right.`);
    if (!options.once) console.log(await demo.openDoors());
    if (options.json) console.log(JSON.stringify(summary));
    if (!options.once) await demo.liveOn(untilStopped());
    return summary.failed === 0 ? 0 : 1;
  } finally {
    await demo.stop();
  }
};

process.exitCode = await run();
