import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { canonicalString, verifyWire, wireHeaders, wireSignature } from './wire-signature.ts';

const key = z.object({ id: z.string(), secret: z.string() });
const request = { method: z.string(), target: z.string(), body: z.string() };
const fixture = z
  .object({
    key,
    previous_key: key,
    vectors: z
      .array(
        z.object({
          ...request,
          name: z.string(),
          timestamp: z.string(),
          nonce: z.string(),
          canonical: z.string(),
          signature: z.string(),
        }),
      )
      .min(8),
    checks: z.array(
      z.object({
        ...request,
        name: z.string(),
        now: z.int(),
        headers: z.record(z.string(), z.string()),
        expect: z.string(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../../fixtures/bridge-wire.json', import.meta.url), 'utf8')));

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

describe('wireSignature against fixtures/bridge-wire.json', () => {
  it.each(fixture.vectors)('$name', (vector) => {
    const message = { ...vector, body: Buffer.from(vector.body) };
    expect(canonicalString(message)).toBe(vector.canonical);
    expect(wireSignature(fixture.key.secret, message)).toBe(vector.signature);
  });

  it('gives every vector a signature of its own', () => {
    expect(new Set(fixture.vectors.map(({ signature }) => signature)).size).toBe(fixture.vectors.length);
  });
});

describe('verifyWire against fixtures/bridge-wire.json', () => {
  it.each(fixture.checks)('$name: $expect', (check) => {
    const verdict = verifyWire(
      lowerCase(check.headers),
      { ...check, body: Buffer.from(check.body) },
      [fixture.key, fixture.previous_key],
      new Map(),
      check.now * 1000,
    );
    expect(verdict.ok ? 'ok' : verdict.reason).toBe(check.expect);
  });
});

describe('verifyWire', () => {
  const now = 1_795_248_830_000;
  const message = {
    timestamp: '1795248830',
    nonce: 'AQIDBAUGBwgJCgsMDQ4PEA',
    method: 'POST',
    target: '/v1/checkouts',
    body: Buffer.from('{}'),
  };
  const headers = lowerCase(wireHeaders(fixture.key, message));

  it('refuses a nonce for ten minutes and only for the key that used it', () => {
    const nonces = new Map<string, number>();
    const check = (at: number) =>
      verifyWire(headers, message, [fixture.key, fixture.previous_key], nonces, at);
    expect(check(now)).toEqual({ ok: true, keyId: fixture.key.id });
    expect(check(now)).toEqual({ ok: false, reason: 'nonce-used' });
    const other = lowerCase(wireHeaders(fixture.previous_key, message));
    const verdict = verifyWire(other, message, [fixture.key, fixture.previous_key], nonces, now);
    expect(verdict).toEqual({ ok: true, keyId: fixture.previous_key.id });
    const later = { ...message, timestamp: String(now / 1000 + 601), nonce: 'BQIDBAUGBwgJCgsMDQ4PEA' };
    const fresh = lowerCase(wireHeaders(fixture.key, later));
    expect(verifyWire(fresh, later, [fixture.key], nonces, now + 601_000)).toMatchObject({ ok: true });
    expect([...nonces.keys()]).toEqual([`${fixture.key.id} ${later.nonce}`]);
  });

  it('does not spend the nonce of a request that is wrong in something else', () => {
    const nonces = new Map<string, number>();
    const forged = { ...headers, 'gatewright-signature': `v1=${'0'.repeat(64)}` };
    expect(verifyWire(forged, message, [fixture.key], nonces, now)).toMatchObject({
      reason: 'bad-signature',
    });
    expect(verifyWire(headers, message, [fixture.key], nonces, now)).toMatchObject({ ok: true });
  });

  it('accepts what wireHeaders signs, for any request, and nothing after one bit has changed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(text, text, fc.webPath(), fc.nat(), (body, secret, target, position) => {
        const signer = { id: 'k', secret: `s${secret}` };
        const sent = { ...message, target: `/${target}`, body: Buffer.from(body) };
        const signed = lowerCase(wireHeaders(signer, sent));
        expect(verifyWire(signed, sent, [signer], new Map(), now).ok).toBe(true);
        const bytes = Buffer.concat([sent.body, Buffer.of(0)]);
        const index = position % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ 1;
        expect(verifyWire(signed, { ...sent, body: bytes }, [signer], new Map(), now).ok).toBe(false);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
