import type { Random } from './input/random.ts';
import { harmlessMutators, mutators } from './mutators/index.ts';
import type { Mutator } from './mutators/mutator.ts';

const draw = (from: readonly Mutator[], count: number, random: Random): readonly Mutator[] =>
  Array.from({ length: count }, () => random.pickOr(from)).filter((mutator) => mutator !== undefined);

const sealed = mutators.filter(({ name }) => name === 'signed anew');
const beforeSeal = mutators.filter(({ family }) => family === 'json' || family === 'bytes');

/**
 * What to do to a request: nothing (1 in 20), harmless things only (2 in 20), something to the body that is then signed
 * by the real key (7 in 20), or anything.
 */
export const planOf = (random: Random): readonly Mutator[] => {
  const lot = random.below(20);
  if (lot === 0) return [];
  if (lot < 3) return draw(harmlessMutators, 1 + random.below(3), random);
  if (lot < 10) return [...draw(beforeSeal, 1 + random.below(3), random), ...sealed];
  return draw(mutators, 1 + random.below(4), random);
};
