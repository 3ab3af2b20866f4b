/** Chance with a seed: the same seed draws the same on every machine. */
export interface Random {
  /** 0 <= n < below, a whole number. */
  below(below: number): number;
  chance(oneIn: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  pickOr<T>(items: readonly T[]): T | undefined;
  bytes(count: number): Uint8Array;
}

const mixed = (number: number): number => {
  let value = number >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
};

/** sfc32 (Doty-Humphrey's PractRand, public domain), begun from a seed and a stream number. */
export const createRandom = (seed: number, stream: number): Random => {
  let a = mixed(seed);
  let b = mixed(Math.floor(seed / 2 ** 32) + 0x9e3779b9);
  let c = mixed(stream);
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + result) >>> 0;
    return result;
  };
  for (let round = 0; round < 12; round += 1) next();
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  const random: Random = {
    below,
    chance: (oneIn) => below(oneIn) === 0,
    pick: (items) => items[below(items.length)] ?? items[0],
    pickOr: (items) => items[below(items.length)],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
  return random;
};
