import { parseArgs } from 'node:util';
import type { RegisteredGateway } from '../../src/gateways/registry.ts';
import { threadTime } from './check/thread-time.ts';
import { fuzz } from './fuzz.ts';
import { tell } from './tell.ts';

/** As for the property tests: the same inputs on every run, unless another seed is given. */
const usualSeed = 20_261_121;
const usage = 'npm run fuzz -- [--seed N] [--inputs N] [--large]';

export interface CommandIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly planted?: RegisteredGateway;
}

interface Options {
  readonly seed: number;
  readonly inputs: number;
}

/** @throws Error for text that is no whole number */
const wholeNumber = (name: string, text: string | undefined, byDefault: number): number => {
  if (text === undefined) return byDefault;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number`);
};

/** Text: what is wrong with the arguments, in one line. */
const readOptions = (args: readonly string[]): Options | string => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seed: { type: 'string' }, inputs: { type: 'string' }, large: { type: 'boolean' } },
    });
    return {
      seed: wholeNumber('seed', values.seed, usualSeed),
      inputs: wholeNumber('inputs', values.inputs, values.large === true ? 2_000_000 : 50_000),
    };
  } catch (error) {
    // What Node says of an option that is not there goes on about how to write a file name that begins with a dash.
    return error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error);
  }
};

/** @returns the exit code: 0 without a violation, 1 with one, 2 for arguments that cannot be read */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> => {
  const options = readOptions(args);
  if (typeof options === 'string') {
    io.writeError(`fuzz: ${options} (${usage})\n`);
    return 2;
  }
  const started = performance.now();
  const { planted } = io;
  const report = await fuzz({ ...options, now: threadTime, ...(planted ? { planted } : {}) });
  io.write(tell(report, options.seed, (performance.now() - started) / 1_000));
  return report.violations.length === 0 ? 0 : 1;
};
