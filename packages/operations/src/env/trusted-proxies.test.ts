import fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { trustedBy, trustedProxiesSchema } from './trusted-proxies.ts';

/** Whom a server takes for the client of a call that came through these; the last one of them is what speaks to us. */
const clientOf = async (trusted: string, ...chain: readonly string[]): Promise<string> => {
  const app = fastify({ trustProxy: trustedBy(trusted === '' ? [] : trustedProxiesSchema.parse(trusted)) });
  onTestFinished(() => app.close());
  app.get('/', async (request) => request.ip);
  const remoteAddress = chain.at(-1) ?? '';
  const said = chain.slice(0, -1).join(', ');
  return (await app.inject({ url: '/', remoteAddress, headers: { 'x-forwarded-for': said } })).body;
};

const [shopper, cdn, cdn6] = ['198.51.100.23', '203.0.113.7', '2001:db8::7'];

describe('whom a proxy speaks for', () => {
  test.each(['127.0.0.1', '::1', '10.1.2.3', '172.16.0.9', '192.168.1.1', 'fd00::9', '169.254.1.1'])(
    'one on our own network, %s, is believed without being named',
    async (near) => {
      expect(await clientOf('', shopper, near)).toBe(shopper);
      expect(await clientOf(cdn, shopper, near)).toBe(shopper);
    },
  );

  test('a CDN before it is believed only when it is named', async () => {
    expect(await clientOf('', shopper, cdn, '127.0.0.1')).toBe(cdn);
    expect(await clientOf('203.0.113.0/24', shopper, cdn, '127.0.0.1')).toBe(shopper);
    expect(await clientOf(`${cdn6},${cdn}`, shopper, cdn6)).toBe(shopper);
    expect(await clientOf('203.0.113.0/24', shopper, `::ffff:${cdn}`)).toBe(shopper);
  });

  test('what a stranger says of himself is not believed, through the CDN neither', async () => {
    expect(await clientOf(cdn, '192.0.2.1', shopper)).toBe(shopper);
    expect(await clientOf(cdn, '192.0.2.1', shopper, cdn)).toBe(shopper);
  });
});
