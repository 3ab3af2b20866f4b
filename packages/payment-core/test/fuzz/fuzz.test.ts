import { describe, expect, it } from 'vitest';
import { gateways, type RegisteredGateway } from '../../src/gateways/registry.ts';
import { threadTime } from './check/thread-time.ts';
import { capMs, timed } from './check/timed.ts';
import { runCommand } from './command.ts';
import { fuzz } from './fuzz.ts';
import { plantedBugs, quadraticBug } from './planted/bugs.ts';

const run = (seed: number, inputs: number) => fuzz({ seed, inputs, now: threadTime });

describe('receiveWebhook under mutated genuine requests', () => {
  it('never throws, accepts nothing that was not signed and refuses nothing that was, in bounded time', async () => {
    const { violations, explored } = await run(1, 2_000);
    expect(violations).toEqual([]);
    expect(explored.inputs).toBe(2_000);
    expect([...explored.outcomes.keys()].sort()).toEqual(
      gateways()
        .map(({ id }) => id)
        .sort(),
    );
    for (const [gateway, counts] of explored.outcomes) {
      const names = [...counts.keys()].join('\n');
      for (const reached of ['accepted paid', 'refused signature', 'refused schema'])
        expect(`${gateway}: ${names}`).toContain(reached);
    }
  });

  it('the same seed explores the same, another one something else', async () => {
    const [first, again, other] = [await run(2, 300), await run(2, 300), await run(3, 300)];
    expect(again.explored.outcomes).toEqual(first.explored.outcomes);
    expect(other.explored.outcomes).not.toEqual(first.explored.outcomes);
  });
});

describe('a planted bug is found, and the seed finds it again', () => {
  it.each(plantedBugs.map((bug) => [bug.name, bug] as const))('%s', async (_name, { gateway, found }) => {
    const options = { seed: 7, inputs: 1_500, now: threadTime, planted: gateway };
    const { violations } = await fuzz({ ...options, maxViolations: 30 });
    const first = violations.find(({ kind }) => kind === found);
    expect(violations.map(({ kind }) => kind)).toContain(found);
    expect(violations.filter((violation) => violation.gateway !== gateway.id)).toEqual([]);
    const replayed = await fuzz({ ...options, inputs: (first?.input ?? 0) + 1, maxViolations: 30 });
    expect(replayed.violations.find(({ kind }) => kind === found)).toEqual(first);
  });
});

describe('time', () => {
  it('an input whose work grows with the square of its size is found, and found again', async () => {
    const slow = async () => {
      const { gateway: planted, now } = quadraticBug();
      const { violations } = await fuzz({ seed: 7, inputs: 1_500, now, planted });
      return violations;
    };
    const violations = await slow();
    expect(new Set(violations.map(({ kind }) => kind))).toEqual(new Set(['slow']));
    expect(await slow()).toEqual(violations);
  });

  it('what is slow only once is not slow', () => {
    let [tries, ms] = [0, 0];
    const work = (): number => {
      tries += 1;
      ms += tries === 1 ? 10 * capMs : 1;
      return tries;
    };
    expect(timed(() => ms, work)).toEqual({ value: 2, ms: 1 });
    expect(tries).toBe(2);
  });
});

describe('npm run fuzz', () => {
  const throwing = plantedBugs.find(({ found }) => found === 'threw')?.gateway;
  const command = async (args: readonly string[], planted?: RegisteredGateway) => {
    const out: string[] = [];
    const errors: string[] = [];
    const io = {
      write: (text: string) => void out.push(text),
      writeError: (text: string) => void errors.push(text),
    };
    const code = await runCommand(args, planted ? { ...io, planted } : io);
    return { code, out: out.join(''), errors: errors.join('') };
  };

  it('prints what it explored and its seed, and ends with 0', async () => {
    const { code, out } = await command(['--seed', '11', '--inputs', '200']);
    expect(code).toBe(0);
    expect(out).toContain('200 inputs from');
    expect(out).toContain('no violation; again with --seed 11');
  });

  it('ends with 1 at a violation, and shows the request', async () => {
    const { code, out } = await command(['--seed', '11', '--inputs', '400'], throwing);
    expect(code).toBe(1);
    expect(out).toMatch(/VIOLATION threw at crypto-pay: RangeError/);
    expect(out).toMatch(/ {2}body, \d+ bytes, base64: /);
  });

  it.each([[['--seed', 'x']], [['--seed']], [['--inputs', '-1']], [['--fast']], [['all']]])(
    'refuses %j with 2',
    async (args) => {
      const { code, errors } = await command(args);
      expect(code).toBe(2);
      expect(errors).toContain('--seed N');
    },
  );
});
