import type { Input } from '../input/input.ts';
import type { Random } from '../input/random.ts';
import type { Subject } from '../subjects/subject.ts';

/** What a mutator may draw from besides the input. */
export interface Supply {
  readonly random: Random;
  subjectOf(input: Input): Subject;
  /** A freshly sealed request of any gateway and account. */
  another(): Input;
  /** The same body, signed by the account's own gateway at the input's time: what its schema and semantics meet. */
  sealAnew(input: Input, body: string): Input;
}

export interface Mutator {
  readonly name: string;
  readonly family: 'bytes' | 'headers' | 'signature' | 'json' | 'splice' | 'seal' | 'time';
  /** A genuine request stays genuine, so it has to be accepted. */
  readonly harmless?: true;
  mutate(input: Input, supply: Supply): Input;
}
