/** A stream of whole numbers below a bound (mulberry32): the same seed gives the same stream. */
export type Draw = (below: number) => number;

export const seeded = (seed: number): Draw => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};

export const shuffled = <T>(items: readonly T[], draw: Draw): readonly T[] => {
  const rest = [...items];
  return items.flatMap(() => rest.splice(draw(rest.length), 1));
};
