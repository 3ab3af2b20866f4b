import { always } from '../properties/always.ts';
import { atTheEnd } from '../properties/at-the-end.ts';
import type { Violation } from '../properties/property.ts';
import { everyStep } from '../properties/steps.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { World } from '../world/world.ts';
import { isQuiet } from './due.ts';

export type Judge = (before: World | undefined, after: World) => Violation | undefined;

const firstOf = <T>(
  checks: readonly T[],
  run: (check: T) => Violation | undefined,
): Violation | undefined => {
  for (const check of checks) {
    const violation = run(check);
    if (violation) return violation;
  }
  return undefined;
};

/** The properties that are looked at; the search for one planted bug can name the one it is after. */
export const judgeBy =
  (scenario: Scenario, only?: readonly string[]): Judge =>
  (before, after) => {
    const wanted = (violation: Violation | undefined): Violation | undefined =>
      violation && (!only || only.includes(violation.property)) ? violation : undefined;
    return (
      firstOf(always, (property) => wanted(property(after, scenario))) ??
      (before && firstOf(everyStep, (property) => wanted(property(before, after)))) ??
      (isQuiet(after, scenario)
        ? firstOf(atTheEnd, (property) => wanted(property(after, scenario)))
        : undefined)
    );
  };
