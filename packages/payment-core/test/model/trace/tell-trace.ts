import type { Violation } from '../properties/property.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Counterexample } from '../search/explore.ts';
import { judgeBy } from '../search/judge.ts';
import { createPlayer } from '../world/player.ts';
import { changes } from './changes.ts';
import { choiceWords, timeWords } from './choice-words.ts';

export interface Told {
  readonly lines: readonly string[];
  /** What the same choices lead to when they are played straight on, without running anything again. */
  readonly violation: Violation | undefined;
}

/**
 * Plays a counterexample from the beginning and tells it in plain words: each choice with its number and time, below it
 * what it changed. Choices after which everything stands as before share a line.
 */
export const tellTrace = async (
  scenario: Scenario,
  { choices }: Counterexample,
  only?: readonly string[],
): Promise<Told> => {
  const player = createPlayer(scenario);
  const judge = judgeBy(scenario, only);
  const lines: string[] = [];
  let quiet: string | undefined;
  let world = await player.begin();
  let violation = judge(undefined, world);
  for (const [index, choice] of choices.entries()) {
    const words = choiceWords(world, choice);
    const after = await player.play(world, choice);
    const changed = changes(world, after);
    if (quiet !== undefined && quiet === words) {
      lines.push(`${lines.pop() ?? ''}, and again`);
    } else lines.push(`${String(index + 1).padStart(3)}. ${timeWords(world.now)} ${words}`);
    lines.push(...changed.map((change) => `            ${change}`));
    quiet = changed.length === 0 ? words : undefined;
    violation = judge(world, after);
    world = after;
  }
  if (violation) lines.push(`     VIOLATED ${violation.property}: ${violation.detail}`);
  return { lines, violation };
};
