import { hash } from 'node:crypto';
import type { Violation } from '../properties/property.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { createPlayer } from '../world/player.ts';
import type { World } from '../world/world.ts';
import type { Choice } from './choice.ts';
import { choicesIn } from './choices.ts';
import { isQuiet } from './due.ts';
import { judgeBy } from './judge.ts';
import { type Draw, shuffled } from './seeded.ts';
import { stateText } from './state-text.ts';

export interface Counterexample {
  readonly violation: Violation;
  /** From the first world to the one that breaks the property. */
  readonly choices: readonly Choice[];
}

export interface Exploration {
  /** Distinct states. */
  readonly states: number;
  /** Choices played. */
  readonly steps: number;
  /** Distinct states in which everybody was done. */
  readonly ends: number;
  /** Choices of the longest of the shortest ways to a state. */
  readonly depth: number;
  /** No state was left out. */
  readonly complete: boolean;
  readonly counterexample: Counterexample | undefined;
}

interface Visited {
  readonly from: Visited | undefined;
  readonly choice: Choice | undefined;
  readonly depth: number;
}

const wayTo = (visited: Visited): readonly Choice[] => {
  const way: Choice[] = [];
  for (let at: Visited | undefined = visited; at?.choice; at = at.from) way.push(at.choice);
  return way.reverse();
};

export interface Limits {
  readonly maxStates: number;
  /** Orders the choices of a state; it matters only where `maxStates` cuts the exploration off. */
  readonly draw: Draw;
  readonly only?: readonly string[];
}

/**
 * Visits every state that the scenario's choices can lead to, nearest first, so that the first violation found is one
 * of the shortest. A state is its text: what was seen before is not gone into again.
 */
export const explore = async (scenario: Scenario, limits: Limits): Promise<Exploration> => {
  const player = createPlayer(scenario);
  const judge = judgeBy(scenario, limits.only);
  const seen = new Set<string>();
  let frontier: (readonly [World, Visited])[] = [];
  let [steps, ends, depth] = [0, 0, 0];
  let complete = true;

  const arrive = (before: World | undefined, world: World, visited: Visited): Violation | undefined => {
    const violation = judge(before, world);
    if (violation) return violation;
    const key = hash('sha1', stateText(world), 'base64');
    if (seen.has(key)) return undefined;
    if (seen.size >= limits.maxStates) {
      complete = false;
      return undefined;
    }
    seen.add(key);
    depth = visited.depth;
    if (isQuiet(world, scenario)) ends += 1;
    frontier.push([world, visited]);
    return undefined;
  };
  const result = (violation?: Violation, visited?: Visited): Exploration => ({
    states: seen.size,
    steps,
    ends,
    depth,
    complete: complete && !violation,
    counterexample: violation && visited && { violation, choices: wayTo(visited) },
  });

  const root: Visited = { from: undefined, choice: undefined, depth: 0 };
  const first = await player.begin();
  const broken = arrive(undefined, first, root);
  if (broken) return result(broken, root);
  while (frontier.length > 0) {
    const level = frontier;
    frontier = [];
    for (const [world, visited] of level) {
      for (const choice of shuffled(choicesIn(world, scenario), limits.draw)) {
        const after = await player.play(world, choice);
        const next: Visited = { from: visited, choice, depth: visited.depth + 1 };
        steps += 1;
        const violation = arrive(world, after, next);
        if (violation) return result(violation, next);
      }
    }
  }
  return result();
};
