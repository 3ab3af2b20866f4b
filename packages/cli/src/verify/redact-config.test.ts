import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lineOf, sender, senders } from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

const redacted = (gateway: string, headers: Readonly<Record<string, unknown>>, config?: unknown) =>
  verifyLine(lineOf(gateway, { headers, ...(config === undefined ? {} : { config }) })).redactedHeaders;

describe('redacted headers', () => {
  it('GN-1: the API key that Gatenoc sends along is not shown', () => {
    const { body, sign } = sender('gatenoc');
    const shown = redacted('gatenoc', sign(body));
    expect(shown['x-gateway-merchant-key']).toBe('[redacted]');
    expect(shown['x-gateway-signature']).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/);
  });

  it.each(senders)(
    '$gateway: no secret of the configuration is left in any header',
    ({ gateway, config }) => {
      const secrets = Object.entries(config).flatMap(([key, value]) =>
        typeof value === 'string' && key !== 'baseUrl' ? [value] : [],
      );
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) {
        const spellings = [
          secret,
          secret.toUpperCase(),
          encodeURIComponent(secret),
          Buffer.from(secret).toString('base64'),
          createHash('sha256').update(secret).digest('hex'),
        ];
        for (const spelling of spellings) {
          const shown = redacted(gateway, {
            'X-Forwarded-Uri': `/hook?key=${spelling}&a=1`,
            'X-List': ['a', spelling],
          });
          expect(shown).toEqual({ 'x-forwarded-uri': '/hook?key=[redacted]&a=1', 'x-list': 'a, [redacted]' });
        }
        const named = redacted(gateway, { [`X-${secret}`]: 'b' });
        expect(JSON.stringify(named).toLowerCase()).not.toContain(secret.toLowerCase());
      }
    },
  );

  it('a key that we have no name for counts as secret, also inside another one and as a number', () => {
    const config = { ...sender('crypto-pay').config, extra: { pin: 90210, words: ['open sesame'] } };
    expect(redacted('crypto-pay', { a: 'open sesame 90210' }, config)).toEqual({
      a: '[redacted] [redacted]',
    });
  });

  it('what is public stays: addresses, numbers of merchants, the names of methods', () => {
    const config = { ...sender('gatenoc').config, merchantId: '123', baseUrl: 'https://gatenoc.com/api' };
    const headers = { a: 'https://gatenoc.com/api 123' };
    expect(redacted('gatenoc', headers, config)).toEqual(headers);
  });

  it('a secret in another, one with signs of a pattern, and an empty one', () => {
    const config = { token: 'a+b(c', other: 'a+b(c)d', empty: '', blank: ' ', prefix: 'base64:' };
    expect(redacted('crypto-pay', { x: 'a+b(c)d a+b(c aab ' }, config)).toEqual({
      x: '[redacted] [redacted] aab ',
    });
  });

  it('half of a surrogate pair in a secret is no mistake', () => {
    expect(redacted('crypto-pay', { x: 'a\ud800b' }, { token: '\ud800' })).toEqual({ x: 'a[redacted]b' });
  });
});
