import { describe, expect, it } from 'vitest';
import { lineOf, receivedAt, ruling } from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

describe('a line that is no webhook', () => {
  const genuine = JSON.parse(lineOf('crypto-pay'));
  it.each<[string, string, unknown]>([
    ['not JSON', 'line-not-json', 'hello'],
    ['cut', 'line-not-json', '{"id":1'],
    ['with a byte order mark', 'line-bom', '\ufeff{}'],
    ['an array', 'line-not-an-object', '[]'],
    ['a number', 'line-not-an-object', '5'],
    ['a repeated key', 'line-duplicate-key', '{"id":1,"id":2}'],
    ['too deep', 'line-too-deep', `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`],
    ['no gateway', 'line-gateway-missing', { ...genuine, gateway: undefined }],
    ['a gateway that is no text', 'line-gateway-missing', { ...genuine, gateway: 1 }],
    ['an unknown gateway', 'line-gateway-unknown', { ...genuine, gateway: 'paypal' }],
    ['a gateway named like a method', 'line-gateway-unknown', { ...genuine, gateway: 'constructor' }],
    ['headers in an array', 'line-headers-unusable', { ...genuine, headers: [] }],
    ['headers in a text', 'line-headers-unusable', { ...genuine, headers: 'a: b' }],
    ['an object for a header', 'line-headers-unusable', { ...genuine, headers: { a: {} } }],
    ['an array in the array of a header', 'line-headers-unusable', { ...genuine, headers: { a: [[]] } }],
    ['no body', 'line-body-missing', { ...genuine, body: undefined }],
    ['null for the body', 'line-body-missing', { ...genuine, body: null }],
    ['an object for the body', 'line-body-not-base64', { ...genuine, body: {} }],
    ['a body that is not base64', 'line-body-not-base64', { ...genuine, body: '{"a":1}' }],
    ['a body with white space', 'line-body-not-base64', { ...genuine, body: 'e30=\n' }],
    ['a body of both alphabets', 'line-body-not-base64', { ...genuine, body: 'ab+_' }],
    ['a body that is cut', 'line-body-not-base64', { ...genuine, body: 'e30aa' }],
    ['no time', 'line-received-at-missing', { ...genuine, receivedAt: undefined }],
    ['a time in a text', 'line-received-at-unusable', { ...genuine, receivedAt: '1780315200' }],
    ['a time in milliseconds', 'line-received-at-unusable', { ...genuine, receivedAt: 1780315200000 }],
    ['a time before 1970', 'line-received-at-unusable', { ...genuine, receivedAt: -1 }],
  ])('%s', (_what, reason, line) => {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    expect(verifyLine(text)).toMatchObject({ verdict: 'reject', layer: 'config', reason });
  });

  it('bytes that are not UTF-8', () => {
    expect(ruling(Buffer.from([0x7b, 0xff, 0x7d]))).toBe('config line-not-utf8');
  });

  it('is named by its id where that could be read', () => {
    expect(verifyLine('{"id":"a"}').id).toBe('a');
    expect(verifyLine('{"gateway":"crypto-pay"}').id).toBeNull();
    expect(verifyLine('nonsense').id).toBeNull();
  });

  it('shows the headers that could be read, without secrets', () => {
    const line = JSON.stringify({
      ...genuine,
      body: 1,
      headers: { 'X-Note': `see ${genuine.config.token}` },
    });
    expect(verifyLine(line).redactedHeaders).toEqual({ 'x-note': 'see [redacted]' });
  });
});

describe('a line in a form that we also read', () => {
  const genuine = JSON.parse(lineOf('crypto-pay'));

  it('base64 without padding or in the alphabet of URLs', () => {
    const bytes = Buffer.from(genuine.body, 'base64');
    for (const body of [bytes.toString('base64url'), bytes.toString('base64').replace(/=+$/, '')]) {
      expect(ruling(JSON.stringify({ ...genuine, body }))).toBe('accept accepted');
    }
  });

  it.each(['"__proto__":"x"', '"__pr\\u006fto__" : "x"', '"\\u005F_proto__":"\\"__proto__\\": x"'])(
    '%s wherever a key may stand: a key that we do not know',
    (field) => {
      const line = lineOf('crypto-pay', { invoice: { status: 'open' }, order: { currency: 'USDT' } });
      for (const place of ['{"id"', '{"token"', '{"crypto-pay-api-signature"', '{"status"', '{"currency"']) {
        expect(line).toContain(place);
        const changed = line.replace(place, `{${field},${place.slice(1)}`);
        expect(ruling(changed)).toBe('accept accepted');
      }
    },
  );

  it('a fraction of a second', () => {
    expect(ruling(lineOf('gatenoc', { receivedAt: receivedAt + 0.25 }))).toBe('accept accepted');
  });
});
