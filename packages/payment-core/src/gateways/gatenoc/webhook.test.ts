import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../signature/headers.ts';
import { redactHeaders } from '../../signature/redact.ts';
import type { WebhookVerdict } from '../webhook.ts';
import { gatenocConfigSchema } from './contract.ts';
import { receiveGatenocWebhook } from './webhook.ts';

const body = readFileSync(new URL('./fixtures/payment-completed.json', import.meta.url), 'utf8').trim();
const secret = 'whsec_gn_9f8e7d6c';
const apiKey = 'pk_live_gatenoc_1';
const config = gatenocConfigSchema.parse({ merchantId: 1, apiKey, webhookSecret: secret });
const receivedAt = Date.UTC(2026, 2, 24, 12, 0, 5);
const now = Math.floor(receivedAt / 1000);

/** The gateway's own way to sign, written down once more. */
const mac = (seconds: string, text: string | Uint8Array, key = secret): string =>
  createHmac('sha256', key).update(`${seconds}.`).update(text).digest('hex');

const headersFor = (text: string | Uint8Array, seconds = String(now)): HeaderLines => [
  ['Content-Type', 'application/json'],
  ['X-Gateway-Timestamp', seconds],
  ['X-Gateway-Signature', `t=${seconds},v1=${mac(seconds, text)}`],
  ['X-Gateway-Merchant-Key', apiKey],
];

const receive = (
  text: string | Uint8Array,
  headers: HeaderLines = headersFor(text),
  settings = config,
): WebhookVerdict =>
  receiveGatenocWebhook(settings, {
    headers,
    body: typeof text === 'string' ? Buffer.from(text, 'utf8') : text,
    receivedAt,
  });

const withSignature = (value: string): HeaderLines => [
  ['X-Gateway-Timestamp', String(now)],
  ['X-Gateway-Signature', value],
];

const outcome = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accepted' : `${verdict.layer}: ${verdict.reason}`;

/** The fixture with some fields changed, numbers and texts as they stand in `changes`. */
const changed = (changes: object): string => JSON.stringify({ ...JSON.parse(body), ...changes });
const signedAt = (seconds: number): string => outcome(receive(body, headersFor(body, String(seconds))));

describe('receiveGatenocWebhook', () => {
  it('reads a genuine payment, escapes and all', () => {
    const verdict = receive(body);
    expect(verdict.ok && verdict.facts).toEqual([
      {
        authority: 'signed',
        gatewayPaymentId: null,
        reference: '1042-1-a1b2c3d4e5f6',
        paymentRecord: '42',
        status: 'paid',
        wireStatus: 'completed',
        quoted: { amount: '10.50', currency: 'USD' },
        received: { amount: '10.50', currency: 'USD' },
        final: true,
        forwarded: null,
        confirmations: null,
        transaction: '0175264020124412928',
        paidAt: Date.UTC(2026, 2, 24, 12),
        expiresAt: null,
        exceptions: [],
        asOf: receivedAt,
      },
    ]);
  });

  it('GN-1: the API key in a header authenticates nothing', () => {
    const without = headersFor(body).filter(([name]) => name !== 'X-Gateway-Merchant-Key');
    expect(outcome(receive(body, without))).toBe('accepted');
    expect(outcome(receive(body, [...without, ['X-Gateway-Merchant-Key', 'of somebody else']]))).toBe(
      'accepted',
    );
    expect(outcome(receive(body, [['X-Gateway-Merchant-Key', apiKey]]))).toBe('signature: signature-missing');
    const byApiKey = `t=${now},v1=${mac(String(now), body, apiKey)}`;
    expect(outcome(receive(body, withSignature(byApiKey)))).toBe('signature: signature-mismatch');
  });

  it('GN-1: the key is in no verdict, and redacted before headers are stored', () => {
    const verdicts = [receive(body), receive(body, withSignature('')), receive(changed({ merchant_id: 2 }))];
    expect(JSON.stringify(verdicts)).not.toContain(apiKey);
    expect(JSON.stringify(redactHeaders(headersFor(body)))).not.toContain(apiKey);
  });

  it('GN-3: 300 seconds both ways are fresh, one more is stale', () => {
    expect([signedAt(now - 300), signedAt(now + 300)]).toEqual(['accepted', 'accepted']);
    expect([signedAt(now - 301), signedAt(now + 301)]).toEqual([
      'signature: timestamp-stale',
      'signature: timestamp-stale',
    ]);
    expect(signedAt(9_999_999_999)).toBe('signature: timestamp-stale');
  });

  it('GN-3: a stale event says which payment is worth a read, and nothing else', () => {
    const stale = receive(body, headersFor(body, String(now - 3600)));
    expect(stale).toEqual({
      ok: false,
      layer: 'signature',
      reason: 'timestamp-stale',
      hint: { gatewayPaymentId: null, reference: '1042-1-a1b2c3d4e5f6' },
    });
  });

  it('GN-3: stale and of another merchant, or forged, gives no hint', () => {
    const foreign = changed({ merchant_id: 2 });
    expect(receive(foreign, headersFor(foreign, String(now - 3600)))).not.toHaveProperty('hint');
    const forged: HeaderLines = [
      ['X-Gateway-Timestamp', String(now - 3600)],
      ['X-Gateway-Signature', `t=${now - 3600},v1=${'0'.repeat(64)}`],
    ];
    expect(receive(body, forged)).toEqual({ ok: false, layer: 'signature', reason: 'signature-mismatch' });
  });

  it("GN-3: the tolerance is the account's own", () => {
    const strict = gatenocConfigSchema.parse({
      merchantId: '1',
      apiKey,
      webhookSecret: secret,
      toleranceSeconds: 10,
    });
    expect(outcome(receive(body, headersFor(body, String(now - 10)), strict))).toBe('accepted');
    expect(outcome(receive(body, headersFor(body, String(now - 11)), strict))).toBe(
      'signature: timestamp-stale',
    );
  });

  it.each([
    ['NaN', 'NaN'],
    ['a fraction', `${now}.0`],
    ['an exponent', '1e9'],
    ['a sign', `+${now}`],
    ['leading zeros', `0${now}`],
    ['milliseconds', `${now}000`],
    ['hexadecimal', '0x69c27fa5'],
    ['white space', ` ${now}`],
    ['nothing', ''],
  ])('GN-3: a time that is %s is none, however it is signed', (_what, seconds) => {
    expect(outcome(receive(body, headersFor(body, seconds)))).toBe('signature: timestamp-malformed');
  });

  it('GN-3: the time in the signature and the header must be one', () => {
    const signature: readonly [string, string] = [
      'X-Gateway-Signature',
      `t=${now},v1=${mac(String(now), body)}`,
    ];
    const other: HeaderLines = [['X-Gateway-Timestamp', String(now - 1)], signature];
    expect(outcome(receive(body, other))).toBe('signature: timestamp-mismatch');
    expect(outcome(receive(body, [signature]))).toBe('signature: timestamp-missing');
    const twice: HeaderLines = [
      ['X-Gateway-Timestamp', String(now)],
      ['x-gateway-timestamp', String(now)],
      signature,
    ];
    expect(outcome(receive(body, twice))).toBe('signature: timestamp-repeated');
  });

  it('GN-3: the time is under the signature', () => {
    const moved: HeaderLines = [
      ['X-Gateway-Timestamp', String(now + 1)],
      ['X-Gateway-Signature', `t=${now + 1},v1=${mac(String(now), body)}`],
    ];
    expect(outcome(receive(body, moved))).toBe('signature: signature-mismatch');
  });

  it('GN-3: a byte order mark added on the way does not verify, and a signed one is not read', () => {
    const bom = `\ufeff${body}`;
    expect(outcome(receive(bom, headersFor(body)))).toBe('signature: signature-mismatch');
    expect(outcome(receive(bom))).toBe('schema: bom');
  });

  const good = mac(String(now), body);
  it.each([
    ['empty', ''],
    ['only the digits', good],
    ['without t', `v1=${good}`],
    ['without v1', `t=${now}`],
    ['the other way round', `v1=${good},t=${now}`],
    ['with two v1', `t=${now},v1=${'0'.repeat(64)},v1=${good}`],
    ['with a v0', `t=${now},v1=${good},v0=${good}`],
    ['joined with itself', `t=${now},v1=${good}, t=${now},v1=${good}`],
    ['with a space', `t=${now}, v1=${good}`],
    ['short', `t=${now},v1=${good.slice(1)}`],
    ['long', `t=${now},v1=${good}0`],
    ['no hex', `t=${now},v1=${'z'.repeat(64)}`],
    ['with an empty v1', `t=${now},v1=`],
    ['with a line feed', `t=${now},v1=${good}\n`],
  ])('GN-3: a signature %s is malformed', (_what, value) => {
    expect(outcome(receive(body, withSignature(value)))).toBe('signature: signature-malformed');
  });

  it('refuses a missing and a repeated signature header', () => {
    expect(outcome(receive(body, []))).toBe('signature: signature-missing');
    const twice = [...headersFor(body), ['x-gateway-signature', `t=${now},v1=${good}`] as const];
    expect(outcome(receive(body, twice))).toBe('signature: signature-repeated');
  });

  it('accepts upper-case hex, as everywhere', () => {
    expect(outcome(receive(body, withSignature(`t=${now},v1=${good.toUpperCase()}`)))).toBe('accepted');
  });

  it('verifies the raw bytes: a re-serialised body does not verify', () => {
    const again = JSON.stringify(JSON.parse(body));
    expect(again).not.toBe(body);
    expect(outcome(receive(again, headersFor(body)))).toBe('signature: signature-mismatch');
    expect(outcome(receive(body.replace('"10.50"', '"10.49"'), headersFor(body)))).toBe(
      'signature: signature-mismatch',
    );
  });

  it('GN-6: total_amount is what was received, amount what was asked for', () => {
    const verdict = receive(changed({ total_amount: '10.49' }));
    expect(verdict.ok && verdict.facts[0]).toMatchObject({
      quoted: { amount: '10.50' },
      received: { amount: '10.49', currency: 'USD' },
    });
  });

  it('GN-7: a second payment on one note is another event, a redelivery is the same', () => {
    const key = (text: string, seconds = now): string => {
      const verdict = receive(text, headersFor(text, String(seconds)));
      return verdict.ok ? verdict.dedupeKey : '';
    };
    expect(key(body, now - 60)).toBe(key(body));
    expect(key(changed({ payment_record_id: 43 }))).not.toBe(key(body));
  });

  it('GN-8: another currency is carried as it is, for the comparison to see', () => {
    const verdict = receive(changed({ currency: 'USDT' }));
    expect(verdict.ok && verdict.facts[0]).toMatchObject({
      quoted: { currency: 'USDT' },
      received: { currency: 'USDT' },
    });
  });

  it('GN-9: an event of another merchant under the same secret is refused', () => {
    expect(outcome(receive(changed({ merchant_id: 2 })))).toBe('semantic: merchant-mismatch');
    expect(outcome(receive(changed({ merchant_id: 10 })))).toBe('semantic: merchant-mismatch');
    expect(outcome(receive(changed({ merchant_id: '1' })))).toBe('accepted');
    expect(outcome(receive(body.replace('"merchant_id":1', '"merchant_id":1.0')))).toBe(
      'schema: not-an-event',
    );
    expect(outcome(receive(body.replace('"merchant_id":1,', '')))).toBe('schema: not-an-event');
  });

  it.each([
    ['payment.completed', 'refunded', 'refunded'],
    ['payment.completed', 'Completed', 'Completed'],
    ['payment.refunded', 'completed', 'payment.refunded completed'],
    ['payment.failed', 'failed', 'payment.failed failed'],
  ])('GN-10: %s with status %s is acknowledged and never settles', (event, status, wireStatus) => {
    const verdict = receive(changed({ event, status }));
    expect(verdict.ok && verdict.facts[0]).toMatchObject({
      status: 'unknown',
      wireStatus,
      received: null,
      final: false,
    });
  });

  it('GN-10: an undocumented event without a payment is acknowledged and ignored', () => {
    const ping = JSON.stringify({ event: 'ping', merchant_id: 1 });
    expect(receive(ping)).toMatchObject({ ok: true, facts: [], ignored: 'unknown-event' });
  });

  it('accepts a payment without a note: it matches nothing here', () => {
    const verdict = receive(changed({ note: null }));
    expect(verdict.ok && verdict.facts[0]?.reference).toBeNull();
  });

  it('keeps a note of any length out of the key', () => {
    const verdict = receive(changed({ note: 'x'.repeat(100_000) }));
    expect(verdict.ok && verdict.dedupeKey.length).toBeLessThan(200);
  });

  it.each([
    ['no JSON', 'event=payment.completed', 'not-json'],
    ['an empty body', '', 'not-json'],
    ['__proto__', body.replace('{', '{"__proto__":{"status":"completed"},'), 'forbidden-key'],
    ['a repeated key', body.replace('{', '{"amount":"1",'), 'duplicate-key'],
    ['an array', `[${body}]`, 'not-an-event'],
    ['a text', JSON.stringify(body), 'not-an-event'],
    ['null', 'null', 'not-an-event'],
    ['an event that is no text', changed({ event: ['payment.completed'] }), 'not-an-event'],
    ['an amount that is an object', changed({ amount: { value: '10.50' } }), 'not-a-payment'],
    ['a negative amount', changed({ amount: '-10.50' }), 'not-a-payment'],
    ['a status that is an array', changed({ status: ['completed'] }), 'not-a-payment'],
    ['no record', changed({ payment_record_id: null }), 'not-a-payment'],
    ['a record that is no number', changed({ payment_record_id: '42/refund' }), 'not-a-payment'],
    ['a note that is a number', changed({ note: 1042 }), 'not-a-payment'],
    ['a time that is none', changed({ paid_at: 'yesterday' }), 'not-a-payment'],
  ])('refuses %s, though it is signed', (_what, text, reason) => {
    expect(outcome(receive(text))).toBe(`schema: ${reason}`);
  });

  it('refuses bodies over 1 MiB before anything is computed', () => {
    expect(outcome(receive(Buffer.alloc(1_048_577, 0x20), []))).toBe('transport: body-too-large');
  });

  it('never throws, and accepts nothing without the MAC', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.stringMatching(/^[0-9a-f]{64}$/).map((digits) => `t=${now},v1=${digits}`),
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 40 }), (value, bytes) => {
        expect(receive(bytes, withSignature(value)).ok).toBe(false);
      }),
      { seed: 43, numRuns: 1000 },
    );
  });
});
