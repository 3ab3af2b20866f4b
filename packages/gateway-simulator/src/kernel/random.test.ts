import { expect, it } from 'vitest';
import { ALPHANUMERIC, seededRandom } from './random.ts';

const draw = (seed: string) => {
  const random = seededRandom(seed);
  return [
    random.hex(17),
    random.uuid(),
    random.text(40, ALPHANUMERIC),
    random.below(1000),
    random.fork('a').hex(8),
  ];
};

it('draws the same from the same seed, and something else from another', () => {
  expect(draw('7')).toEqual(draw('7'));
  expect(draw('8')).not.toEqual(draw('7'));
});

it('draws the shapes it names', () => {
  const random = seededRandom('shapes');
  expect(random.hex(17)).toMatch(/^[0-9a-f]{17}$/);
  expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(random.text(64, 'xy')).toMatch(/^[xy]{64}$/);
  expect(random.bytes(70)).toHaveLength(70);
  expect(new Set(Array.from({ length: 200 }, () => random.below(10)))).toEqual(
    new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  );
});

it('keeps a fork apart from what its parent draws', () => {
  const [one, other] = [seededRandom('s'), seededRandom('s')];
  one.hex(100);
  expect(one.fork('gateway').hex(16)).toBe(other.fork('gateway').hex(16));
});
