import { byteMutators } from './bytes.ts';
import { headerMutators } from './headers.ts';
import { jsonMutators } from './json.ts';
import type { Mutator } from './mutator.ts';
import { signatureMutators } from './signature.ts';
import { spliceMutators } from './splice.ts';

/** What only a gateway's own document knows to change nothing. */
const harmlessHere: Mutator = {
  name: 'harmless at this gateway',
  family: 'headers',
  harmless: true,
  mutate: (input, { random, subjectOf }) =>
    random.pickOr(subjectOf(input).harmless)?.(input, random) ?? input,
};

export const mutators: readonly Mutator[] = [
  ...byteMutators,
  ...headerMutators,
  harmlessHere,
  ...signatureMutators,
  ...jsonMutators,
  ...spliceMutators,
];

export const harmlessMutators: readonly Mutator[] = mutators.filter(({ harmless }) => harmless === true);
