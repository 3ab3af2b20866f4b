import { parseArgs } from 'node:util';
import { render } from './report.ts';
import { type ChaosResult, runChaos } from './run-chaos.ts';
import type { Engine } from './stage.ts';

/** As for the model and the fuzzer: the same plan on every run, unless another seed is given. */
const usualSeed = 20_261_121;
const usage =
  'npm run chaos -- [--seed N] [--orders N] [--kills N] [--engine sqlite|postgres] [--large] [--json]\n';

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

const wholeNumber = (text: string | undefined, byDefault: number): number | undefined => {
  if (text === undefined) return byDefault;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

const enginesOf = (text: string | undefined): readonly Engine[] | undefined => {
  if (text === undefined) return ['sqlite', 'postgres'];
  return text === 'sqlite' || text === 'postgres' ? [text] : undefined;
};

/** Undefined for arguments that cannot be read. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { seed: text, orders: text, kills: text, engine: text, large: flag, json: flag },
    });
    const seed = wholeNumber(values.seed, usualSeed);
    const orders = wholeNumber(values.orders, values.large ? 5_000 : 200);
    const kills = wholeNumber(values.kills, values.large ? 500 : 20);
    const engines = enginesOf(values.engine);
    if (seed === undefined || orders === undefined || kills === undefined || engines === undefined)
      return undefined;
    return { seed, orders, kills, engines, json: values.json };
  } catch {
    return undefined;
  }
};

/** The n-th part of a whole: 5 of 2 is 3 and 2. */
const share = (whole: number, parts: number, part: number): number =>
  Math.floor(whole / parts) + (part < whole % parts ? 1 : 0);

/** @returns the exit code: 0 without a violation, 1 with one, 2 for arguments that cannot be read */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> => {
  const options = readOptions(args);
  if (options === undefined) {
    io.writeError(usage);
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
