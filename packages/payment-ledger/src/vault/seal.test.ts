import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealer, openSealed, type SealedPlace } from './seal.ts';

const ring = (...ids: readonly string[]) => ({
  current: ids[0] ?? '',
  keys: new Map(ids.map((id) => [id, new Uint8Array(randomBytes(32))])),
});
const place: SealedPlace = { store: 'store', owner: 'account', field: 'config' };
const sealer = createSealer(ring('a'), randomBytes);

describe('sealing', () => {
  it.each(['', 'x', 'api-key: äöü 🔑', 'y'.repeat(100_000)])('opens what it sealed', (secret) => {
    expect(sealer.open(place, sealer.seal(place, secret))).toEqual({ ok: true, secret });
  });

  it('uses a fresh nonce each time, so that equal secrets look different', () => {
    const sealed = Array.from({ length: 100 }, () => sealer.seal(place, 'same'));
    expect(new Set(sealed).size).toBe(100);
    expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(100);
    expect(sealed.join()).not.toContain(Buffer.from('same').toString('base64url'));
  });

  it.each<Partial<SealedPlace>>([{ store: 'store-b' }, { owner: 'account-b' }, { field: 'secret' }])(
    'does not open at another place: %j',
    (change) => {
      const moved = sealer.open({ ...place, ...change }, sealer.seal(place, 'secret'));
      expect(moved).toEqual({ ok: false, reason: 'wrong-key', keyId: 'a' });
    },
  );

  it('does not confuse places whose parts run together', () => {
    const sealed = sealer.seal({ store: 'a', owner: 'b,c', field: 'd' }, 'secret');
    expect(sealer.open({ store: 'a,b', owner: 'c', field: 'd' }, sealed).ok).toBe(false);
    expect(sealer.open({ store: 'a","b', owner: 'c', field: 'd' }, sealed).ok).toBe(false);
  });

  it('notices every changed character', () => {
    const sealed = sealer.seal(place, 'secret');
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      const opened = sealer.open(place, changed);
      // The last character of base64url has bits that mean nothing.
      expect(opened.ok ? opened.secret : undefined, `character ${i}`).toBe(
        opened.ok && i === sealed.length - 1 ? 'secret' : undefined,
      );
    }
  });

  it.each(['', 'v1', 'v1.a', 'v1.a..', 'v1.a.AAAA.AAAA', 'v2.a.AAAA.AAAA', 'no.such.key.here'])(
    'refuses %j without an exception',
    (text) => {
      expect(sealer.open(place, text).ok).toBe(false);
    },
  );

  it('says which key is missing, and opens with an older one', () => {
    const both = ring('new', 'old');
    const old = createSealer({ current: 'old', keys: both.keys }, randomBytes).seal(place, 'secret');
    expect(createSealer(both, randomBytes).open(place, old)).toEqual({ ok: true, secret: 'secret' });
    expect(sealer.open(place, old)).toEqual({ ok: false, reason: 'missing-key', keyId: 'old' });
  });

  it('names the place and the key, not the text, when a row that should open does not', () => {
    const sealed = sealer.seal({ ...place, owner: 'other' }, 'secret');
    expect(() => openSealed(sealer, place, sealed)).toThrow(
      'vault: config of account cannot be opened with key a',
    );
  });
});
