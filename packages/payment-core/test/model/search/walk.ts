import type { Scenario } from '../scenarios/scenario.ts';
import { createPlayer } from '../world/player.ts';
import type { Choice } from './choice.ts';
import { choicesIn } from './choices.ts';
import type { Counterexample } from './explore.ts';
import { judgeBy } from './judge.ts';
import type { Draw } from './seeded.ts';

export interface Walk {
  readonly steps: number;
  readonly counterexample: Counterexample | undefined;
}

const mostSteps = 1_500;

type Sort = 'fault' | 'outside' | 'work';

const sortOf = (choice: Choice): Sort => {
  if (choice.cost > 0) return 'fault';
  switch (choice.do) {
    case 'pay':
    case 'show':
    case 'confirm':
    case 'drop':
    case 'checkout':
    case 'refund':
    case 'decide':
    case 'resolve':
      return 'outside';
    case 'step':
    case 'work':
    case 'poll':
    case 'deliver':
    case 'lose':
    case 'crash':
    case 'power-cut':
    case 'arrive':
    case 'wait':
      return 'work';
    default: {
      const never: never = choice;
      return never;
    }
  }
};

/** Faults and events from outside are few, or they would all come at the beginning. */
const pick = (choices: readonly Choice[], draw: Draw): Choice | undefined => {
  const dice = draw(16);
  const wanted: Sort = dice === 0 ? 'fault' : dice === 1 ? 'outside' : 'work';
  const preferred = choices.filter((choice) => sortOf(choice) === wanted);
  const among = preferred.length > 0 ? preferred : choices.filter((choice) => choice.cost === 0);
  return among[draw(Math.max(1, among.length))];
};

/** One schedule drawn by chance, played straight on until nothing is left to do. */
export const walk = async (scenario: Scenario, draw: Draw): Promise<Walk> => {
  const player = createPlayer(scenario);
  const judge = judgeBy(scenario);
  const choices: Choice[] = [];
  let world = await player.begin();
  while (choices.length < mostSteps) {
    const choice = pick(choicesIn(world, scenario), draw);
    if (!choice) break;
    choices.push(choice);
    const after = await player.play(world, choice);
    const violation = judge(world, after);
    if (violation) return { steps: choices.length, counterexample: { violation, choices } };
    world = after;
  }
  return { steps: choices.length, counterexample: undefined };
};
