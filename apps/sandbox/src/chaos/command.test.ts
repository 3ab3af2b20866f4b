import { expect, test } from 'vitest';
import { readOptions, runCommand } from './command.ts';

test('200 orders and 20 kills over both engines, 5,000 and 500 with --large', () => {
  expect(readOptions([])).toMatchObject({ orders: 200, kills: 20, engines: ['sqlite', 'postgres'] });
  expect(readOptions(['--large', '--seed', '5'])).toMatchObject({ orders: 5_000, kills: 500, seed: 5 });
  expect(readOptions(['--engine', 'postgres', '--json'])).toMatchObject({
    engines: ['postgres'],
    json: true,
  });
});

test.each([['--seed', 'x'], ['--orders', '-1'], ['--engine', 'mysql'], ['--what'], ['more']])(
  'arguments that cannot be read end with 2: %s %s',
  async (...args) => {
    const said: string[] = [];
    const io = { write: () => undefined, writeError: (text: string) => void said.push(text) };
    expect(
      await runCommand(
        args.filter((each) => each !== undefined),
        io,
      ),
    ).toBe(2);
    expect(said.join('')).toContain('npm run chaos -- [--seed N]');
  },
);
