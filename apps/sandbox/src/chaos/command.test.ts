import { expect, test } from 'vitest';
import { type CommandIo, readOptions, runCommand } from './command.ts';
import type { ToldViolation } from './run-chaos.ts';

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

const ends = async (violations: readonly ToldViolation[]) => {
  const said: string[] = [];
  const asked: unknown[] = [];
  const run: CommandIo['run'] = async (options) => {
    asked.push(options);
    const { engine } = options;
    return { engine, plan: 'p', counts: {}, reviews: {}, violations, errors: [], seconds: 1 };
  };
  const io = { write: (text: string) => void said.push(text), writeError: () => undefined, run };
  const code = await runCommand(['--orders', '5', '--kills', '1', '--seed', '4', '--json'], io);
  return { code, asked, last: JSON.parse(said.at(-1) ?? ''), text: said.join('') };
};

test('orders and kills are shared between the engines; without a violation it ends with 0', async () => {
  const { code, asked, last } = await ends([]);
  expect(code).toBe(0);
  expect(asked).toEqual([
    { engine: 'sqlite', seed: 4, orders: 3, kills: 1 },
    { engine: 'postgres', seed: 4, orders: 2, kills: 0 },
  ]);
  expect(last).toMatchObject({ seed: 4, violations: 0 });
});

test('with one it ends with 1 and says the seed and the timeline', async () => {
  const violation = { rule: 'unpaid-fulfilled', order: 2, detail: 'd', timeline: ['  0:05 paid'] } as const;
  const { code, text, last } = await ends([violation]);
  expect(code).toBe(1);
  expect(last).toMatchObject({ violations: 2 });
  expect(text).toContain('VIOLATION unpaid-fulfilled, order 2 of the plan: d\n      0:05 paid');
  expect(text).toContain('2 violations; again with --seed 4');
});
