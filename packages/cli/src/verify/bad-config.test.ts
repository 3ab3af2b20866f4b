import { describe, expect, it } from 'vitest';
import { lineOf, ruling, sender, senders } from './signed-line.fixture.ts';

describe('the configuration', () => {
  it.each([
    ['teleport-pay', ['apiKey', 'webhookSecret']],
    ['ton-nft', ['apiKey', 'baseUrl']],
    ['crypto-pay', ['token']],
    ['cryptopayment-center', ['apiKey', 'apiSecret', 'appKey']],
    ['gatenoc', ['merchantId', 'apiKey', 'webhookSecret']],
    ['xrocket-pay', ['apiKey']],
  ])('%s: a missing or empty key is named', (gateway, keys) => {
    for (const key of keys) {
      for (const value of [undefined, null, '', ' ', {}, []]) {
        const config = { ...sender(gateway).config, [key]: value };
        expect(ruling(lineOf(gateway, { config }))).toBe(
          `config config-${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        );
      }
    }
  });

  it('without any, or of the wrong type, nothing is verified', () => {
    for (const { gateway } of senders) {
      for (const config of [undefined, null, 'text', [], 1]) {
        expect(ruling(lineOf(gateway, { config }))).toMatch(/^config config-/);
      }
    }
  });

  it('goes before every other layer', () => {
    const line = lineOf('crypto-pay', { config: {}, headers: {}, body: 'x'.repeat(1_048_577) });
    expect(ruling(line)).toBe('config config-token');
  });

  it('CP-5: a secret that was pasted with a line end is the same secret', () => {
    for (const { gateway, config } of senders) {
      const pasted = Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key, typeof value === 'string' ? `${value}\n` : value]),
      );
      expect(ruling(lineOf(gateway, { config: pasted }))).toBe('accept accepted');
    }
  });

  it('unknown keys are ignored, in the configuration and in the line', () => {
    for (const { gateway, config } of senders) {
      const line = lineOf(gateway, { config: { ...config, colour: ['red'] }, comment: {} });
      expect(ruling(line)).toBe('accept accepted');
    }
  });

  it('of the NFT gateway says how the key is used', () => {
    const config = { ...sender('ton-nft').config, keyEncoding: 'raw' };
    expect(ruling(lineOf('ton-nft', { config }))).toBe('signature signature-mismatch');
  });

  it('a wrong secret does not verify', () => {
    for (const [gateway, key, value] of [
      ['teleport-pay', 'webhookSecret', 'other'],
      ['ton-nft', 'apiKey', 'sk_live_other'],
      ['crypto-pay', 'token', '12345:other'],
      ['cryptopayment-center', 'appKey', Buffer.alloc(32, 1).toString('base64')],
      ['gatenoc', 'webhookSecret', 'other'],
      ['xrocket-pay', 'apiKey', 'other'],
    ] as const) {
      const config = { ...sender(gateway).config, [key]: value };
      expect(ruling(lineOf(gateway, { config }))).toBe('signature signature-mismatch');
    }
  });
});
