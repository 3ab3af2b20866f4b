import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fullBudget, quickBudget } from './budget.ts';
import { type Options, readOptions } from './options.ts';
import { type Figure, rowOf } from './report/row.ts';
import { renderTable } from './report/table.ts';

/** Progress goes to standard error, so that a reader of the result gets nothing else. */
const run = async ({ json, quick, strict, names }: Options): Promise<void> => {
  // Not before it is known that there is a build: its modules are the built ones.
  const { sections } = await import('./sections.ts');
  const figures: Figure[] = [];
  for (const name of names) {
    console.error(`${name} …`);
    figures.push(...(await sections[name](quick ? quickBudget : fullBudget)));
  }
  const rows = figures.map(rowOf);
  console.log(json ? JSON.stringify({ rows }) : renderTable(figures));
  const missed = rows.filter(({ ok }) => ok === false).length;
  if (strict && missed > 0) {
    console.error(`${missed} rows miss their target`);
    process.exitCode = 1;
  }
};

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(options);
  process.exitCode = 2;
} else if (!existsSync(join(import.meta.dirname, '../../apps/woocommerce-bridge/dist/index.js'))) {
  console.error('The benchmark measures what is built. Run `npm run build` first.');
  process.exitCode = 1;
} else await run(options);
