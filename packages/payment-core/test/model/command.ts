import { parseArgs } from 'node:util';
import { runModel, scenarioNames } from './run-model.ts';

/** What the tests use; another seed looks elsewhere where the exploration is cut off or random. */
const usualSeed = 20_261_121;
const usage = 'npm run model -- [--seed N] [--large] [--only NAME]';

interface CommandIo {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

interface Options {
  readonly seed: number;
  readonly large: boolean;
  readonly only: string | undefined;
}

/** Text: what is wrong with the arguments, in one line. */
const readOptions = (args: readonly string[]): Options | string => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: String(usualSeed) },
        large: { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    });
    const { seed, large, only } = values;
    if (!/^\d{1,15}$/.test(seed)) return '--seed takes a whole number';
    const names = scenarioNames(large);
    if (only !== undefined && !names.some((name) => name.includes(only)))
      return `no scenario has "${only}" in its name; there are: ${names.join('; ')}`;
    return { seed: Number(seed), large, only };
  } catch (error) {
    // What Node says of an option that is not there goes on about how to write a file name that begins with a dash.
    return error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error);
  }
};

/** @returns the exit code: 0 without a violation, 1 with one, 2 for arguments that cannot be read */
export const runCommand = async (args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> => {
  const options = readOptions(args);
  if (typeof options === 'string') {
    io.writeError(`model: ${options} (${usage})\n`);
    return 2;
  }
  const { violations } = await runModel({ ...options, print: (line) => io.write(`${line}\n`) });
  return violations > 0 ? 1 : 0;
};
