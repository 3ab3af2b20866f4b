import { parseArgs } from 'node:util';
import { render } from './report.ts';
import { type ChaosResult, runChaos } from './run-chaos.ts';
import type { Engine } from './stage.ts';

/** As for the model and the fuzzer: the same plan on every run, unless another seed is given. */
const usualSeed = 20_261_121;
const usage =
  'npm run chaos -- [--seed N] [--orders N] [--kills N] [--engine sqlite|postgres] [--large] [--json]';

export interface CommandIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** In place of the run itself, for tests of what is made of its result. */
  readonly run?: typeof runChaos;
}

interface Options {
  readonly seed: number;
  /** Shared between the engines. */
  readonly orders: number;
  readonly kills: number;
  readonly engines: readonly Engine[];
  readonly json: boolean;
}

/** @throws Error for text that is no whole number */
const wholeNumber = (name: string, text: string | undefined, byDefault: number): number => {
  if (text === undefined) return byDefault;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number`);
};

/** @throws Error for text that names no engine */
const enginesOf = (text: string | undefined): readonly Engine[] => {
  if (text === undefined) return ['sqlite', 'postgres'];
  if (text === 'sqlite' || text === 'postgres') return [text];
  throw new Error(`there is no engine "${text}", only sqlite and postgres`);
};

/** Text: what is wrong with the arguments, in one line. */
export const readOptions = (args: readonly string[]): Options | string => {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { seed: text, orders: text, kills: text, engine: text, large: flag, json: flag },
    });
    return {
      seed: wholeNumber('seed', values.seed, usualSeed),
      orders: wholeNumber('orders', values.orders, values.large ? 5_000 : 200),
      kills: wholeNumber('kills', values.kills, values.large ? 500 : 20),
      engines: enginesOf(values.engine),
      json: values.json,
    };
  } catch (error) {
    // What Node says of an option that is not there goes on about how to write a file name that begins with a dash.
    return error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error);
  }
};

/** The n-th part of a whole: 5 of 2 is 3 and 2. */
const share = (whole: number, parts: number, part: number): number =>
  Math.floor(whole / parts) + (part < whole % parts ? 1 : 0);

/** @returns the exit code: 0 without a violation, 1 with one, 2 for arguments that cannot be read */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> => {
  const options = readOptions(args);
  if (typeof options === 'string') {
    io.writeError(`chaos: ${options} (${usage})\n`);
    return 2;
  }
  const { seed, engines } = options;
  const results: ChaosResult[] = [];
  for (const [part, engine] of engines.entries()) {
    const orders = share(options.orders, engines.length, part);
    const kills = share(options.kills, engines.length, part);
    io.writeError(`${engine}: ${orders} orders, ${kills} kills, seed ${seed}\n`);
    const result = await (io.run ?? runChaos)({ engine, seed, orders, kills });
    io.write(render(result, seed));
    results.push(result);
  }
  const violations = results.flatMap((result) => result.violations).length;
  io.write(`${violations === 0 ? 'no violation' : `${violations} violations`}; again with --seed ${seed}\n`);
  if (options.json) io.write(`${JSON.stringify({ seed, violations, runs: results })}\n`);
  return violations === 0 ? 0 : 1;
};
