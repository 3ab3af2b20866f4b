import { type HeaderLines, type StoreId, storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { authenticate, type IncomingCall, type KeyStore } from './authenticate.ts';
import { wireVectors } from './wire-vectors.fixture.ts';

const { key, previous_key: previous, checks } = wireVectors;
const store: StoreId = storeIdSchema.parse('store-of-the-fixture');

/** Two keys of one store, and nonces that are forgotten at their end as the ledger forgets them. */
const keyStore = (clock: { now(): number }): KeyStore => {
  const used = new Map<string, number>();
  return {
    key: async (id) => {
      const found = [key, previous].find((candidate) => candidate.id === id);
      return found && { store, secret: found.secret };
    },
    useNonce: async (keyId, nonce, expiresAt) => {
      for (const [name, end] of used) if (end <= clock.now()) used.delete(name);
      const name = `${keyId} ${nonce}`;
      if (used.has(name)) return false;
      used.set(name, expiresAt);
      return true;
    },
  };
};

const good = checks.find((check) => check.name === 'the current key');
const goodCall = (): IncomingCall & { now: number } => {
  if (!good) throw new Error('the fixture has no good request');
  return {
    now: good.now * 1_000,
    method: good.method,
    target: good.target,
    headers: Object.entries(good.headers),
    body: Buffer.from(good.body),
  };
};

const clockAt = (now: number) => ({ now: () => now });

describe('a signed call', () => {
  test.each(checks)('$name: $expect', async ({ now, headers, body, expect: expected, ...call }) => {
    const clock = clockAt(now * 1_000);
    const incoming = { ...call, headers: Object.entries(headers), body: Buffer.from(body) };
    const result = await authenticate(keyStore(clock), clock, incoming);
    expect(result.ok ? 'ok' : result.reason).toBe(expected);
  });

  test('is let in once: the same nonce again is refused, as long as its time would be accepted', async () => {
    const call = goodCall();
    let now = call.now - 300_000;
    const clock = { now: () => now };
    const keys = keyStore(clock);
    expect(await authenticate(keys, clock, call)).toMatchObject({ ok: true, store });
    now = call.now + 300_000;
    expect(await authenticate(keys, clock, call)).toEqual({ ok: false, reason: 'nonce-used' });
  });

  test('two at the same moment: one is let in', async () => {
    const call = goodCall();
    const clock = clockAt(call.now);
    const keys = keyStore(clock);
    const results = await Promise.all([1, 2, 3].map(() => authenticate(keys, clock, call)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  test('does not use up the nonce when it is not genuine', async () => {
    const call = goodCall();
    const clock = clockAt(call.now);
    const keys = keyStore(clock);
    const forged = { ...call, body: Buffer.from('{"note":"ho"}') };
    expect(await authenticate(keys, clock, forged)).toEqual({ ok: false, reason: 'bad-signature' });
    expect(await authenticate(keys, clock, call)).toMatchObject({ ok: true });
  });

  test.each(['Gatewright-Key', 'Gatewright-Timestamp', 'Gatewright-Nonce', 'Gatewright-Signature'])(
    'with two lines of %s is refused, whichever is right',
    async (name) => {
      const call = goodCall();
      const clock = clockAt(call.now);
      const value = call.headers.find(([line]) => line === name)?.[1] ?? '';
      const doubled: HeaderLines = [...call.headers, [name.toLowerCase(), value]];
      const joined: HeaderLines = call.headers.map(([line, text]) => [
        line,
        line === name ? `${text}, ${text}` : text,
      ]);
      const repeated = await authenticate(keyStore(clock), clock, { ...call, headers: doubled });
      expect(repeated).toEqual({ ok: false, reason: 'header-repeated' });
      const combined = await authenticate(keyStore(clock), clock, { ...call, headers: joined });
      expect(combined).toEqual({ ok: false, reason: 'header-malformed' });
    },
  );
});
