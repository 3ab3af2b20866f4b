import { createHash } from 'node:crypto';

/** Choices that are the same for the same seed; `fork` gives a stream that the others do not move. */
export interface Draw {
  /** 0 <= n < bound. */
  below(bound: number): number;
  /** Whole, both ends included. */
  between(least: number, most: number): number;
  chance(percent: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** One of the pairs' values, as often as its weight says. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  fork(name: string): Draw;
}

/** SHA-256 in counter mode, 48 bits a time. */
export const drawFrom = (seed: string): Draw => {
  let count = 0;
  const below = (bound: number): number => {
    const digest = createHash('sha256').update(`${seed}\n${count}`).digest();
    count += 1;
    return digest.readUIntBE(0, 6) % bound;
  };
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (percent) => below(100) < percent,
    pick: (from) => from[below(from.length)] ?? from[0],
    weighted: (from) => {
      let left = below(from.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [value, weight] of from) {
        if (left < weight) return value;
        left -= weight;
      }
      throw new RangeError('weighted: nothing to draw from');
    },
    fork: (name) => drawFrom(`${seed}/${name}`),
  };
};
