import { createHash } from 'node:crypto';

/** Ids, secrets, addresses and hashes that are the same for the same seed. Not for real secrets. */
export interface SeededRandom {
  bytes(length: number): Uint8Array;
  hex(length: number): string;
  /** Characters drawn from an alphabet of at most 256. */
  text(length: number, alphabet: string): string;
  /** 0 <= n < bound, for bounds up to 2^48. */
  below(bound: number): number;
  uuid(): string;
  /** An independent stream: what one gateway draws does not change what another draws. */
  fork(label: string): SeededRandom;
}

export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Base58 as Bitcoin and TRON addresses write it. */
export const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export const HEX = '0123456789abcdef';

/** SHA-256 in counter mode over the seed. */
export const seededRandom = (seed: string): SeededRandom => {
  let counter = 0;
  const bytes = (length: number): Uint8Array => {
    const blocks: Uint8Array[] = [];
    for (let have = 0; have < length; have += 32) {
      blocks.push(createHash('sha256').update(`${seed}\n${counter++}`).digest());
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };
  const hex = (length: number): string =>
    Buffer.from(bytes(Math.ceil(length / 2)))
      .toString('hex')
      .slice(0, length);
  return {
    bytes,
    hex,
    text: (length, alphabet) =>
      Array.from(bytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join(''),
    below: (bound) => Buffer.from(bytes(6)).readUIntBE(0, 6) % bound,
    uuid: () => {
      const digits = hex(32);
      const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20),
      ].join('-');
    },
    fork: (label) => seededRandom(`${seed}/${label}`),
  };
};
