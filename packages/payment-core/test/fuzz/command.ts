import { parseArgs } from 'node:util';
import type { RegisteredGateway } from '../../src/gateways/registry.ts';
import { threadTime } from './check/thread-time.ts';
import { fuzz } from './fuzz.ts';
import { tell } from './tell.ts';

/** As for the property tests: the same inputs on every run, unless another seed is given. */
const usualSeed = 20_261_121;
const usage = 'npm run fuzz -- [--seed N] [--inputs N] [--large]\n';

export interface CommandIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly planted?: RegisteredGateway;
}

const wholeNumber = (text: string | undefined, byDefault: number): number | undefined => {
  if (text === undefined) return byDefault;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const readOptions = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seed: { type: 'string' }, inputs: { type: 'string' }, large: { type: 'boolean' } },
    });
    const seed = wholeNumber(values.seed, usualSeed);
    const inputs = wholeNumber(values.inputs, values.large === true ? 2_000_000 : 50_000);
    return seed === undefined || inputs === undefined ? undefined : { seed, inputs };
  } catch {
    return undefined;
  }
};

/** @returns the exit code: 0 without a violation, 1 with one, 2 for arguments that cannot be read */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> => {
  const options = readOptions(args);
  if (options === undefined) {
    io.writeError(usage);
    return 2;
  }
  const started = performance.now();
  const { planted } = io;
  const report = await fuzz({ ...options, now: threadTime, ...(planted ? { planted } : {}) });
  io.write(tell(report, options.seed, (performance.now() - started) / 1_000));
  return report.violations.length === 0 ? 0 : 1;
};
