/** The double's only source of randomness: the same seed gives the same keys, ids and nonces. */
export interface Random {
  /** Lower-case hexadecimal text of `length` digits. */
  hex(length: number): string;
  /** Letters and digits, as in an order key. */
  alphanumeric(length: number): string;
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** mulberry32: small and good enough for identifiers of a test double, never for a real secret. */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

export const seededRandom = (seed: number): Random => {
  const next = mulberry32(seed);
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => next() & 0xff);
  return {
    bytes,
    hex: (length) =>
      Buffer.from(bytes(Math.ceil(length / 2)))
        .toString('hex')
        .slice(0, length),
    alphanumeric: (length) =>
      Array.from({ length }, () => ALPHABET.charAt(next() % ALPHABET.length)).join(''),
  };
};
