import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

describe('seededRandom', () => {
  it('repeats itself for one seed and differs for another', () => {
    const take = (seed: number): string => {
      const random = seededRandom(seed);
      return [random.hex(41), random.alphanumeric(13), Buffer.from(random.bytes(16)).toString('hex')].join(
        ' ',
      );
    };
    expect(take(1)).toBe(take(1));
    expect(take(1)).not.toBe(take(2));
    expect(take(1)).toMatch(/^[0-9a-f]{41} [A-Za-z0-9]{13} [0-9a-f]{32}$/);
  });

  it('does not repeat a nonce in ten thousand', () => {
    const random = seededRandom(3);
    const nonces = Array.from({ length: 10_000 }, () => Buffer.from(random.bytes(16)).toString('base64url'));
    expect(new Set(nonces).size).toBe(10_000);
  });
});
