import { textIn } from '../input/input.ts';
import type { Mutator } from './mutator.ts';

/** Two requests made into one, across accounts and gateways (invariant 6). */
const splices: readonly Mutator[] = [
  {
    name: 'sent to the other account',
    family: 'splice',
    mutate: (input) => ({ ...input, account: 1 - input.account }),
  },
  {
    name: 'sent to another gateway',
    family: 'splice',
    mutate: (input, { another }) => {
      const { gateway, account } = another();
      return { ...input, gateway, account };
    },
  },
  {
    name: 'the body of another',
    family: 'splice',
    mutate: (input, { another }) => ({ ...input, body: another().body }),
  },
  {
    name: 'the headers of another',
    family: 'splice',
    mutate: (input, { another }) => ({ ...input, headers: another().headers }),
  },
  {
    name: 'the headers of both',
    family: 'splice',
    mutate: (input, { another }) => ({ ...input, headers: [...input.headers, ...another().headers] }),
  },
  {
    name: 'half of each body',
    family: 'splice',
    mutate: (input, { another, random }) => {
      const other = another().body;
      const parts = [
        input.body.subarray(0, random.below(input.body.length + 1)),
        other.subarray(random.below(other.length + 1)),
      ];
      return { ...input, body: Buffer.concat(parts) };
    },
  },
];

/** Signed by the gateway's own key after it was spoilt: nothing but the schema stands between it and a fact. */
const seals: readonly Mutator[] = [
  {
    name: 'signed anew',
    family: 'seal',
    mutate: (input, { sealAnew }) => sealAnew(input, textIn(input.body)),
  },
  {
    name: "another's body, signed anew",
    family: 'seal',
    mutate: (input, { sealAnew, another }) => sealAnew(input, textIn(another().body)),
  },
];

const later = (name: string, ms: readonly [number, ...number[]]): Mutator => ({
  name,
  family: 'time',
  mutate: (input, { random }) => ({ ...input, receivedAt: input.receivedAt + random.pick(ms) }),
});

const times: readonly Mutator[] = [
  later('at the edge of the tolerance', [299_000, 300_000, 300_001, -299_000, -300_000, -300_001, 299_999]),
  later('long after', [86_400_000, 3_600_000, -86_400_000]),
];

export const spliceMutators: readonly Mutator[] = [...splices, ...seals, ...times];
