import type { Scenario } from '../scenarios/scenario.ts';
import type { World } from '../world/world.ts';

/** The property's name in kebab-case and what was seen, in plain words. */
export interface Violation {
  readonly property: string;
  readonly detail: string;
}

/** Holds in every state. */
export type StateProperty = (world: World, scenario: Scenario) => Violation | undefined;
/** Holds for every step. */
export type StepProperty = (before: World, after: World) => Violation | undefined;

export const violated = (property: string, detail: string): Violation => ({ property, detail });
