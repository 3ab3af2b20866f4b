import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fullBudget, quickBudget } from './budget.ts';
import { type Figure, rowOf } from './report/row.ts';
import { renderTable } from './report/table.ts';

if (!existsSync(join(import.meta.dirname, '../../apps/woocommerce-bridge/dist/index.js'))) {
  console.error('The benchmark measures what is built. Run `npm run build` first.');
  process.exit(1);
}
// Not before the look above: its modules are the built ones.
const { sections } = await import('./sections.ts');

const usage = `npm run bench -- [--json] [--quick] [--only name,…]

--json   ends with one line {"rows":[…]}
--quick  small budgets: shows that everything works; its figures are rough
--only   some of: ${Object.keys(sections).join(', ')}`;

interface Options {
  readonly json: boolean;
  readonly quick: boolean;
  readonly names: readonly string[];
}

const read = (args: readonly string[]): Options | undefined => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
    });
    const names = values.only?.split(',') ?? Object.keys(sections);
    if (names.some((name) => !Object.hasOwn(sections, name))) return undefined;
    return { json: values.json ?? false, quick: values.quick ?? false, names };
  } catch {
    return undefined;
  }
};

/** Progress goes to standard error, so that a reader of the result gets nothing else. */
const run = async ({ json, quick, names }: Options): Promise<void> => {
  const figures: Figure[] = [];
  for (const name of names) {
    console.error(`${name} …`);
    figures.push(...((await sections[name]?.(quick ? quickBudget : fullBudget)) ?? []));
  }
  console.log(json ? JSON.stringify({ rows: figures.map(rowOf) }) : renderTable(figures));
};

const options = read(process.argv.slice(2));
if (options === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else await run(options);
