import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../signature/headers.ts';
import { register } from '../registry.ts';
import { refusalStatus, type WebhookVerdict } from '../webhook.ts';
import { tonNft } from './index.ts';

const config = { baseUrl: 'https://nft.gateway.example', apiKey: 'sk_live_fixture_key_000000000001' };
const keyHash = createHash('sha256').update(config.apiKey).digest('hex');
const gateway = register(tonNft);
const receivedAt = Date.UTC(2026, 5, 28, 13);
const paymentId = '8f3c5a02-11d4-4c0e-9e21';

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
/** Made by Python's hmac over the fixtures' bytes, with the hash as text and as bytes. */
const signatures: Readonly<Record<string, { readonly 'hex-text': string; readonly raw: string }>> =
  JSON.parse(fixture('signatures.json').toString());

const sign = (body: Uint8Array | string, key: string | Uint8Array = keyHash): string =>
  createHmac('sha256', key).update(body).digest('hex');

const receive = (
  body: Uint8Array | string,
  headers: HeaderLines = [
    ['X-Signature', sign(body)],
    ['X-Payment-Id', paymentId],
  ],
  settings: unknown = config,
): WebhookVerdict => gateway.receiveWebhook(settings, { headers, body: Buffer.from(body), receivedAt });

const outcome = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accept' : `${verdict.layer} ${verdict.reason}`;

const factOf = (verdict: WebhookVerdict) => {
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.facts[0]!;
};

const completed = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...JSON.parse(fixture('completed.json').toString()), ...change });

describe('a genuine NFT webhook', () => {
  it('signed by Python, says what came in', () => {
    const body = fixture('completed.json');
    const verdict = receive(body, [['X-Signature', signatures['completed.json']!['hex-text']]]);
    expect(factOf(verdict)).toEqual({
      authority: 'signed',
      gatewayPaymentId: paymentId,
      reference: null,
      paymentRecord: '0:ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e',
      status: 'paid',
      wireStatus: 'payment.completed',
      quoted: null,
      received: { amount: '1.7965', currency: 'TON' },
      final: true,
      forwarded: true,
      confirmations: null,
      transaction: null,
      paidAt: Date.UTC(2026, 5, 28, 12),
      expiresAt: null,
      exceptions: [],
      asOf: receivedAt,
    });
  });

  it('is verified by the API key or its hash, as text or as bytes', () => {
    const body = fixture('completed.json');
    const hashOnly = { baseUrl: config.baseUrl, apiKeyHash: keyHash };
    const upperCase = { baseUrl: config.baseUrl, apiKeyHash: ` ${keyHash.toUpperCase()}\n` };
    for (const settings of [config, hashOnly, upperCase]) {
      for (const keyEncoding of ['hex-text', 'raw'] as const) {
        const signature = signatures['completed.json']![keyEncoding];
        const own = receive(body, [['X-Signature', signature]], { ...settings, keyEncoding });
        const other = keyEncoding === 'raw' ? 'hex-text' : 'raw';
        const foreign = receive(body, [['X-Signature', signature]], { ...settings, keyEncoding: other });
        expect(outcome(own)).toBe('accept');
        expect(outcome(foreign)).toBe('signature signature-mismatch');
      }
    }
  });

  it('a pasted hash goes before the one that the API key gives', () => {
    const other = 'ab'.repeat(32);
    const body = completed();
    const both = { ...config, apiKeyHash: other };
    expect(outcome(receive(body, [['X-Signature', sign(body, other)]], both))).toBe('accept');
    expect(outcome(receive(body, [['X-Signature', sign(body)]], both))).toBe('signature signature-mismatch');
  });

  it('the API key itself, or the webhook secret of another operator, signs nothing', () => {
    const body = completed();
    for (const key of [config.apiKey, 'ab'.repeat(32)]) {
      expect(outcome(receive(body, [['X-Signature', sign(body, key)]]))).toBe('signature signature-mismatch');
    }
  });

  it('the same JSON written anew is refused', () => {
    const body = fixture('completed-non-ascii.json');
    const signature = signatures['completed-non-ascii.json']!['hex-text'];
    expect(outcome(receive(body, [['X-Signature', signature]]))).toBe('accept');
    const rewritten = JSON.stringify(JSON.parse(body.toString()), null, 1);
    expect(outcome(receive(rewritten, [['X-Signature', signature]]))).toBe('signature signature-mismatch');
  });

  it('upper-case hex and any case of the header name are accepted', () => {
    const body = completed();
    expect(outcome(receive(body, [['x-SIGNATURE', sign(body).toUpperCase()]]))).toBe('accept');
  });

  it('NFT-9: completed but not forwarded is not final, and forwarding is news of its own', () => {
    const before = receive(fixture('completed-not-forwarded.json'));
    expect(factOf(before)).toMatchObject({
      status: 'processing',
      final: false,
      forwarded: false,
      received: { amount: '1.7965', currency: 'TON' },
    });
    const after = receive(fixture('completed.json'));
    expect(before.ok && after.ok && before.dedupeKey !== after.dedupeKey).toBe(true);
    for (const unclear of [undefined, null]) {
      expect(factOf(receive(completed({ forwardedToMainWallet: unclear }))).final).toBe(false);
    }
  });

  it('NFT-10: GRAM is TON here', () => {
    expect(factOf(receive(fixture('completed-gram.json'))).received).toEqual({
      amount: '1.7965',
      currency: 'TON',
    });
  });

  it('a redelivery has the key of the first, in whatever spelling and at whatever time', () => {
    const first = receive(completed());
    const again = receive(
      completed({
        nftAddress: 'UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA',
        timestamp: '2026-06-29T12:00:00.000Z',
      }),
    );
    expect(first.ok && again.ok && first.dedupeKey === again.dedupeKey).toBe(true);
    const another = receive(completed({ nftAddress: 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs' }));
    expect(first.ok && another.ok && first.dedupeKey !== another.dedupeKey).toBe(true);
  });

  it('acknowledges event types nobody documented', () => {
    const body = JSON.stringify({ event: 'payment.expired', paymentId });
    expect(receive(body)).toEqual({
      ok: true,
      facts: [],
      dedupeKey: expect.stringMatching(/^ignored:[0-9a-f]{32}$/),
      ignored: 'unknown-event',
    });
  });
});

describe('the unit of the amount', () => {
  it('what could be nanoton is never scaled, goes to a person and is not final', () => {
    expect(factOf(receive(fixture('completed-nanoton.json')))).toMatchObject({
      status: 'paid',
      final: false,
      received: { amount: '1796500000', currency: 'TON' },
      exceptions: ['review'],
    });
  });

  it('the bound is configuration, and the bound itself still passes', () => {
    const bounded = (amount: string) =>
      factOf(receive(completed({ amount }), undefined, { ...config, maxTon: '20' })).final;
    expect(bounded('20')).toBe(true);
    expect(bounded('20.00')).toBe(true);
    expect(bounded('20.000000001')).toBe(false);
    expect(factOf(receive(completed({ amount: '100000' }))).final).toBe(true);
    expect(factOf(receive(completed({ amount: '100000.1' }))).final).toBe(false);
  });

  it('an amount written as a number keeps its digits', () => {
    const body = completed().replace('"1.7965"', '1.79650000000000000001');
    expect(factOf(receive(body)).received).toEqual({ amount: '1.79650000000000000001', currency: 'TON' });
  });

  it.each([
    ['no amount', { amount: undefined }, ['review'], null],
    ['a null amount', { amount: null }, ['review'], null],
    ['no currency', { currency: undefined }, ['review'], null],
    [
      'another currency',
      { currency: 'USDT' },
      ['wrong_asset', 'review'],
      { amount: '1.7965', currency: 'USDT' },
    ],
  ])('%s never settles', (_what, change, exceptions, received) => {
    expect(factOf(receive(completed(change)))).toMatchObject({ final: false, exceptions, received });
  });

  it('a time nobody can read loses no payment', () => {
    for (const timestamp of ['soon', '', null, undefined]) {
      expect(factOf(receive(completed({ timestamp })))).toMatchObject({ final: true, paidAt: null });
    }
  });
});

describe('NFT-6: X-Payment-Id is unsigned', () => {
  const body = completed();
  const signature: readonly [string, string] = ['X-Signature', sign(body)];
  it.each<[string, string, HeaderLines]>([
    ['equal to the body', 'accept', [['X-Payment-Id', paymentId]]],
    ['missing: it contradicts nothing', 'accept', []],
    [
      'twice the same',
      'accept',
      [
        ['X-Payment-Id', paymentId],
        ['x-payment-id', paymentId],
      ],
    ],
    ['another id', 'semantic payment-id-differs', [['X-Payment-Id', '8f3c5a02-11d4-4c0e-9e22']]],
    ['empty', 'semantic payment-id-differs', [['X-Payment-Id', '']]],
    ['in another case', 'semantic payment-id-differs', [['X-Payment-Id', paymentId.toUpperCase()]]],
    ['comma-joined', 'semantic payment-id-differs', [['X-Payment-Id', `${paymentId}, ${paymentId}`]]],
    [
      'one right, one wrong',
      'semantic payment-id-differs',
      [
        ['X-Payment-Id', paymentId],
        ['X-Payment-Id', 'other'],
      ],
    ],
  ])('%s', (_what, expected, headers) => {
    const verdict = receive(body, [signature, ...headers]);
    expect(outcome(verdict)).toBe(expected);
    if (!verdict.ok) expect(refusalStatus(verdict)).toBe(400);
  });

  it('also for events that say nothing else', () => {
    const other = JSON.stringify({ event: 'payment.seen', paymentId });
    const headers: HeaderLines = [
      ['X-Signature', sign(other)],
      ['X-Payment-Id', 'other'],
    ];
    expect(outcome(receive(other, headers))).toBe('semantic payment-id-differs');
  });

  it('is never what a payment is matched on', () => {
    expect(factOf(receive(body, [signature])).gatewayPaymentId).toBe(paymentId);
  });
});

describe('NFT-7: a bad signature is an ordinary refusal', () => {
  const body = completed();
  const good = sign(body);
  it.each<[string, string, HeaderLines]>([
    ['missing', 'signature-missing', []],
    ['empty', 'signature-malformed', [['X-Signature', '']]],
    ['short', 'signature-malformed', [['X-Signature', good.slice(0, 63)]]],
    ['long', 'signature-malformed', [['X-Signature', `${good}00`]]],
    ['not hexadecimal', 'signature-malformed', [['X-Signature', 'g'.repeat(64)]]],
    ['prefixed', 'signature-malformed', [['X-Signature', `sha256=${good}`]]],
    ['comma-joined', 'signature-malformed', [['X-Signature', `${good}, ${good}`]]],
    [
      'repeated',
      'signature-repeated',
      [
        ['X-Signature', good],
        ['X-Signature', good],
      ],
    ],
    ['of another body', 'signature-mismatch', [['X-Signature', sign(completed({ amount: '9' }))]]],
    ['of an empty key', 'signature-mismatch', [['X-Signature', sign(body, '')]]],
  ])('%s', (_what, reason, headers) => {
    const verdict = receive(body, headers);
    expect(outcome(verdict)).toBe(`signature ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(401);
  });

  it('no bytes and no header make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), (bytes, value) => {
        expect(receive(bytes, [['X-Signature', value]]).ok).toBe(false);
      }),
      { seed: 5 },
    );
  });
});

describe('a signed body that is no event', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['empty', 'not-json', ''],
    ['not JSON', 'not-json', 'event=payment.completed'],
    ['with a byte order mark', 'bom', `\ufeff${completed()}`],
    ['not UTF-8', 'not-utf8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['with a repeated key', 'duplicate-key', completed().replace('{', '{"amount":"9",')],
    ['with __proto__', 'forbidden-key', completed().replace('{', '{"__proto__":{},')],
    ['an array', 'not-an-event', `[${completed()}]`],
    ['a string', 'not-an-event', '"payment.completed"'],
    ['without an event type', 'not-an-event', completed({ event: undefined })],
    ['with a list for the event type', 'not-an-event', completed({ event: ['payment.completed'] })],
    ['without a payment id', 'not-a-payment', completed({ paymentId: undefined })],
    ['with a number for the payment id', 'not-an-event', completed({ paymentId: 8 })],
    ['with an empty payment id', 'not-an-event', completed({ paymentId: '' })],
    ['with a negative amount', 'not-a-payment', completed({ amount: '-1' })],
    ['with an amount in words', 'not-a-payment', completed({ amount: 'two' })],
    ['with an object for the amount', 'not-a-payment', completed({ amount: { ton: '1' } })],
    ['with a text for the flag', 'not-a-payment', completed({ forwardedToMainWallet: 'true' })],
    ['with a number for the address', 'not-a-payment', completed({ nftAddress: 0 })],
    ['with a number for the time', 'not-a-payment', completed({ timestamp: 1782648000 })],
  ])('%s', (_what, reason, body) => {
    const verdict = receive(body);
    expect(outcome(verdict)).toBe(`schema ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(400);
  });

  it('above 1 MiB is refused before anything is computed', () => {
    const verdict = receive(completed({ padding: 'x'.repeat(1_048_576) }));
    expect(outcome(verdict)).toBe('transport body-too-large');
    expect(!verdict.ok && refusalStatus(verdict)).toBe(413);
  });
});

describe('an unusable configuration', () => {
  const base = { baseUrl: config.baseUrl };
  it.each([
    ['config-api-key', base],
    ['config-api-key', { ...base, apiKey: ' ' }],
    ['config-api-key-hash', { ...base, apiKeyHash: '$2b$10$abcdefghijklmnopqrstuv' }],
    ['config-api-key-hash', { ...base, apiKeyHash: '' }],
    ['config-api-key-hash', { ...config, apiKeyHash: 'abcd' }],
    ['config-base-url', { apiKey: config.apiKey }],
    ['config-base-url', { ...config, baseUrl: 'http://nft.gateway.example' }],
    ['config-base-url', { ...config, baseUrl: 'https://user:pass@nft.gateway.example' }],
    ['config-key-encoding', { ...config, keyEncoding: 'base64' }],
    ['config-max-ton', { ...config, maxTon: 20 }],
  ])('is reported as %s, without a value', (reason, settings) => {
    const verdict = receive(completed(), undefined, settings);
    expect(outcome(verdict)).toBe(`config ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(503);
  });
});
