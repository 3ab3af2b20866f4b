import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacKey, hmacSha256Hex, sha256, sha256Hex, verifyHmacSha256Hex } from './hmac.ts';

const utf8 = new TextEncoder();
const key = utf8.encode('whsec_test');
const message = utf8.encode('{"amount": 49.90}');
const good = createHmac('sha256', 'whsec_test').update('{"amount": 49.90}').digest('hex');

const verdict = (signature: string): string => {
  const result = verifyHmacSha256Hex({ key, message, signature });
  return result.ok ? 'ok' : result.reason;
};

describe('verifyHmacSha256Hex', () => {
  it('accepts the MAC in either case', () => {
    expect(verdict(good)).toBe('ok');
    expect(verdict(good.toUpperCase())).toBe('ok');
  });

  it('agrees with RFC 4231, test case 2', () => {
    const jefe = { key: utf8.encode('Jefe'), message: utf8.encode('what do ya want for nothing?') };
    const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(hmacSha256Hex(jefe.key, jefe.message)).toBe(mac);
    expect(verifyHmacSha256Hex({ ...jefe, signature: mac })).toEqual({ ok: true });
  });

  it.each([
    ['an empty string', ''],
    ['NFT-7 a short value', good.slice(0, 63)],
    ['CP-4 trailing garbage', `${good}zz`],
    ['CP-4 an odd extra nibble', `${good}a`],
    ['CP-4 trailing white space', `${good} `],
    ['a trailing line feed', `${good}\n`],
    ['leading white space', ` ${good}`],
    ['CP-4 a comma-joined duplicate', `${good}, ${good}`],
    ['a comma-joined duplicate without a space', `${good},${good}`],
    ['a prefix', `sha256=${good}`],
    ['a repeated value', good + good],
    ['64 characters that are not hex', 'g'.repeat(64)],
    ['full-width digits', '１'.repeat(64)],
    ['NUL inside', `${good.slice(0, 63)}\u0000`],
    ['base64', Buffer.from(good, 'hex').toString('base64')],
  ])('refuses the shape of %s', (_what, signature) => {
    expect(verdict(signature)).toBe('signature-malformed');
  });

  it('never throws, and verifies no string but the MAC', () => {
    const near = fc
      .tuple(fc.nat({ max: 63 }), fc.constantFrom(...'0123456789abcdefABCDEF'))
      .map(([at, digit]) => good.slice(0, at) + digit + good.slice(at + 1));
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.stringMatching(/^[0-9a-fA-F]{64}$/),
      near,
      near.map((text) => text.toUpperCase()),
    );
    fc.assert(
      fc.property(any, (signature) => {
        expect(verdict(signature) === 'ok').toBe(signature.toLowerCase() === good);
      }),
      { seed: 29, numRuns: 3000 },
    );
  });

  it('covers every byte of the message and of the key', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(),
        (secret, body, position) => {
          const signature = hmacSha256Hex(secret, body);
          expect(verifyHmacSha256Hex({ key: secret, message: body, signature }).ok).toBe(true);
          const otherBody = body.with(position % body.length, (body[position % body.length] ?? 0) ^ 1);
          const otherKey = secret.with(position % secret.length, (secret[position % secret.length] ?? 0) ^ 1);
          expect(verifyHmacSha256Hex({ key: secret, message: otherBody, signature }).ok).toBe(false);
          expect(verifyHmacSha256Hex({ key: otherKey, message: body, signature }).ok).toBe(false);
        },
      ),
      { seed: 31, numRuns: 300 },
    );
  });

  it('signs parts as their concatenation', () => {
    const parts = [utf8.encode('1711608002'), utf8.encode('.'), message];
    const joined = utf8.encode(`1711608002.{"amount": 49.90}`);
    expect(hmacSha256Hex(key, parts)).toBe(hmacSha256Hex(key, joined));
  });

  it('CPC-5 treats an empty key as a bug, whatever the signature', () => {
    const empty = new Uint8Array();
    const byEmptyKey = createHmac('sha256', empty).update(message).digest('hex');
    for (const signature of [byEmptyKey, '', 'x']) {
      expect(() => verifyHmacSha256Hex({ key: empty, message, signature })).toThrow(TypeError);
    }
    expect(() => hmacSha256Hex(empty, message)).toThrow(TypeError);
    expect(() => hmacKey(empty)).toThrow(TypeError);
  });

  it('signs with a prepared key as with its bytes', () => {
    const prepared = hmacKey(key);
    const signature = hmacSha256Hex(key, message);
    expect(hmacSha256Hex(prepared, message)).toBe(signature);
    expect(verifyHmacSha256Hex({ key: prepared, message, signature }).ok).toBe(true);
    expect(verifyHmacSha256Hex({ key: prepared, message: utf8.encode('other'), signature }).ok).toBe(false);
  });
});

describe('sha256', () => {
  it('CP-5 gives the raw digest, sha256Hex its text', () => {
    expect(sha256(utf8.encode('abc'))).toHaveLength(32);
    expect(sha256Hex(utf8.encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(Buffer.from(sha256(utf8.encode('abc'))).toString('hex')).toBe(sha256Hex(utf8.encode('abc')));
  });
});
