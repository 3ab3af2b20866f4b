import { parseArgs } from 'node:util';

/** The parts of the benchmark by the names that `--only` takes, in the order they run. */
const sectionNames = [
  'verify',
  'storing',
  'burst',
  'durability',
  'ledger-size',
  'reads',
  'looks',
  'start',
  'streams',
  'scale',
  'medusa',
] as const;
export type SectionName = (typeof sectionNames)[number];

const usage = 'npm run bench -- [--json] [--quick] [--strict] [--only name,…]';

export interface Options {
  /** Ends with one line {"rows":[…]}. */
  readonly json: boolean;
  /** Small budgets: shows that everything works; its figures are rough. */
  readonly quick: boolean;
  /** Ends with 1 when a row misses its target: for parts that count, such as reads. */
  readonly strict: boolean;
  readonly names: readonly SectionName[];
}

/** @throws Error for a name that is not there */
const namesIn = (text: string | undefined): readonly SectionName[] => {
  if (text === undefined) return sectionNames;
  return text.split(',').map((given) => {
    const name = sectionNames.find((each) => each === given);
    if (name === undefined) throw new Error(`there is no part "${given}", only ${sectionNames.join(', ')}`);
    return name;
  });
};

/** Text: what is wrong with the arguments, in one line. */
export const readOptions = (args: readonly string[]): Options | string => {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { json: flag, quick: flag, strict: flag, only: { type: 'string' } },
    });
    return { json: values.json, quick: values.quick, strict: values.strict, names: namesIn(values.only) };
  } catch (error) {
    // What Node says of an option that is not there goes on about how to write a file name that begins with a dash.
    const said = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error);
    return `bench: ${said} (${usage})`;
  }
};
