import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSignedBy, type SignedCall, signCall } from './signature.ts';
import { wireVectors } from './wire-vectors.fixture.ts';

const { key, vectors } = wireVectors;

describe('the signature of the wire', () => {
  test.each(vectors)('$name', ({ body, signature, ...call }) => {
    const signed = { ...call, body: Buffer.from(body) };
    expect(signCall(key.secret, signed)).toBe(signature);
    expect(isSignedBy(key.secret, signed, signature)).toBe(true);
  });

  test('covers every part of the call', () => {
    const call: SignedCall = {
      timestamp: '1795248830',
      nonce: 'AAcOFRwjKjE4P0ZNVFtiaQ',
      method: 'POST',
      target: '/v1/checkouts',
      body: Buffer.from('{}'),
    };
    const signature = signCall(key.secret, call);
    const others: SignedCall[] = [
      { ...call, timestamp: '1795248831' },
      { ...call, nonce: 'BBcOFRwjKjE4P0ZNVFtiaQ' },
      { ...call, method: 'GET' },
      { ...call, target: '/v1/checkouts?' },
      { ...call, body: Buffer.from('{ }') },
    ];
    for (const other of others) expect(isSignedBy(key.secret, other, signature)).toBe(false);
  });

  test('no text of a stranger verifies or throws', () => {
    const call = { timestamp: '1', nonce: 'n', method: 'GET', target: '/', body: new Uint8Array() };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (signature) => {
        expect(isSignedBy(key.secret, call, signature)).toBe(false);
      }),
    );
  });
});
