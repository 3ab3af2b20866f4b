import { type Genuine, seal } from './corpus.ts';
import type { Input } from './input/input.ts';
import type { Issued } from './input/issued.ts';
import { createRandom } from './input/random.ts';
import type { Mutator, Supply } from './mutators/mutator.ts';
import { planOf } from './plan.ts';
import type { Subject } from './subjects/subject.ts';

const poolPerGateway = 64;
const poolBytes = 4_096;

/** What inputs are made of: genuine requests, and inputs that brought something new. */
export interface Stock {
  readonly subjects: readonly Subject[];
  /** Whose requests inputs start from; any may be spliced in. */
  readonly starts: readonly Subject[];
  readonly corpus: readonly Genuine[];
  readonly pool: Map<string, readonly Genuine[]>;
  readonly issued: Issued;
}

export interface Drawn {
  readonly input: Input;
  readonly shape: string;
  readonly plan: readonly Mutator[];
  /** A request of the corpus to which nothing was done that makes it less genuine. */
  readonly unspoilt: boolean;
}

export const subjectIn = ({ subjects }: Stock, { gateway }: { readonly gateway: string }): Subject => {
  const subject = subjects.find((candidate) => candidate.gateway === gateway);
  if (subject === undefined) throw new Error(`fuzz: no subject for ${gateway}`);
  return subject;
};

/** The input of this number: the same seed and the same stock give the same one. */
export const draw = (stock: Stock, seed: number, number: number): Drawn => {
  const { corpus, pool, issued } = stock;
  const random = createRandom(seed, number);
  const gateway = random.pickOr(stock.starts)?.gateway ?? '';
  const pooled = random.chance(4) ? random.pickOr(pool.get(gateway) ?? []) : undefined;
  const start = pooled ?? random.pickOr(corpus.filter(({ input }) => input.gateway === gateway));
  if (start === undefined) throw new Error(`fuzz: nothing to start from for ${gateway}`);
  const supply: Supply = {
    random,
    subjectOf: (input) => subjectIn(stock, input),
    another: () => (random.pickOr(corpus) ?? start).input,
    sealAnew: (input, body) => seal(subjectIn(stock, input), issued, input, body),
  };
  const plan = planOf(random);
  const input = plan.reduce((mutated, mutator) => mutator.mutate(mutated, supply), start.input);
  const unspoilt = pooled === undefined && plan.every(({ harmless }) => harmless === true);
  return { input, shape: start.shape, plan, unspoilt };
};

/** Keeps an input that brought something new as a start for others, while there is room. */
export const keep = ({ pool, issued }: Stock, { input, shape }: Drawn, isNew: boolean): void => {
  const kept = pool.get(input.gateway) ?? [];
  const wanted = isNew && kept.length < poolPerGateway && input.body.length < poolBytes;
  if (wanted) pool.set(input.gateway, [...kept, { input, shape }]);
  issued.close(wanted);
};
