import { expect, test } from 'vitest';
import { runCommand } from './command.ts';

const run = async (args: readonly string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    write: (text: string) => void out.push(text),
    writeError: (text: string) => void err.push(text),
  };
  return { code: await runCommand(args, io), out: out.join(''), err: err.join('') };
};

test.each([
  [['--only', 'typo'], 'no scenario has "typo" in its name; there are: one fault, signing; '],
  [['--only', 'and one worker more'], 'no scenario has "and one worker more" in its name'],
  [['--seed', '-x'], 'model: '],
  [['--seed', 'x'], '--seed takes a whole number'],
  [['--seed'], "'--seed <value>' argument missing"],
  [['--what'], "Unknown option '--what'"],
  [['more'], "Unexpected argument 'more'"],
])('arguments that cannot be read end with 2 and one line: %j', async (args, said) => {
  const { code, out, err } = await run(args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(said);
  expect(err).toMatch(/^model: [^\n]+ \(npm run model -- \[--seed N\] \[--large\] \[--only NAME\]\)\n$/);
});

test('--only runs the scenarios with this in their name, and no random schedules', {
  timeout: 60_000,
}, async () => {
  const { code, out } = await run(['--only', 'late money acc', '--seed', '7']);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^seed 7\nlate money accepted .*complete\n\d+ states, 0 random schedules?, 0 violations/m,
  );
});
