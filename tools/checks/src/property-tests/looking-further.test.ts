import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lookingFurther } from './looking-further.ts';

it('takes seed and runs from the environment, each by itself', () => {
  expect(lookingFurther({})).toEqual({});
  expect(lookingFurther({ FC_SEED: '', FC_RUNS: '' })).toEqual({});
  expect(lookingFurther({ FC_SEED: '7' })).toEqual({ seed: 7 });
  expect(lookingFurther({ FC_RUNS: '5000', HOME: '/root' })).toEqual({ numRuns: 5_000 });
});

it.each([{ FC_SEED: 'x' }, { FC_RUNS: '0' }, { FC_RUNS: '-1' }, { FC_SEED: '1e3' }])(
  'refuses %j',
  (variables) => {
    expect(() => lookingFurther(variables)).toThrow(/^FC_(SEED|RUNS) takes a whole number above 0$/);
  },
);

it('a property of this run does as the environment says, whatever its own numbers are', () => {
  const { seed, numRuns } = lookingFurther(process.env);
  const drawn: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (value) => void drawn.push(value)),
    { seed: 5, numRuns: 10 },
  );
  expect(drawn).toEqual(fc.sample(fc.integer(), { seed: seed ?? 5, numRuns: numRuns ?? 10 }));
});
