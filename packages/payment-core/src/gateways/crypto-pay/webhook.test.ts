import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../signature/headers.ts';
import type { WebhookVerdict } from '../webhook.ts';
import { cryptoPayConfigSchema } from './contract.ts';
import { receiveCryptoPayWebhook } from './webhook.ts';

const body = readFileSync(new URL('./fixtures/invoice-paid.json', import.meta.url), 'utf8').trim();
const token = `12345:${'A'.repeat(35)}`;
const config = cryptoPayConfigSchema.parse({ token });
const receivedAt = Date.UTC(2026, 4, 15, 10, 25, 11);

/** The gateway's own way to sign, written down once more. */
const mac = (
  text: string | Uint8Array,
  key: string | Uint8Array = createHash('sha256').update(token).digest(),
) => createHmac('sha256', key).update(text).digest('hex');

const signature = (value: string): HeaderLines => [['crypto-pay-api-signature', value]];

const receive = (text: string | Uint8Array, headers: HeaderLines = signature(mac(text)), settings = config) =>
  receiveCryptoPayWebhook(settings, {
    headers,
    body: typeof text === 'string' ? Buffer.from(text, 'utf8') : text,
    receivedAt,
  });

const outcome = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accepted' : `${verdict.layer}: ${verdict.reason}`;
const keyOf = (verdict: WebhookVerdict): string => (verdict.ok ? verdict.dedupeKey : outcome(verdict));

describe('receiveCryptoPayWebhook', () => {
  it('reads a paid invoice', () => {
    const verdict = receive(body);
    expect(verdict.ok && verdict.facts).toEqual([
      {
        authority: 'signed',
        gatewayPaymentId: '528347',
        reference: '1042-1-a1b2c3d4e5f6',
        paymentRecord: null,
        status: 'paid',
        wireStatus: 'paid',
        quoted: { amount: '9.90', currency: 'USDT' },
        received: { amount: '9.90', currency: 'USDT' },
        final: true,
        forwarded: null,
        confirmations: null,
        transaction: null,
        paidAt: Date.UTC(2026, 4, 15, 10, 25, 5, 123),
        expiresAt: null,
        exceptions: [],
        asOf: receivedAt,
      },
    ]);
  });

  it('CP-1: two invoices under one update_id are two events, a redelivery under another id is the same', () => {
    const other = body.replace('"invoice_id":528347', '"invoice_id":528348');
    expect(keyOf(receive(other))).not.toBe(keyOf(receive(body)));
    const again = body.replace('"update_id":7723', '"update_id":7999').replace('10:25:11Z', '11:40:00Z');
    expect(keyOf(receive(again))).toBe(keyOf(receive(body)));
  });

  it('CP-2: another update type is acknowledged and ignored, whatever it carries', () => {
    for (const payload of ['{}', '[]', 'null', '"x"']) {
      const text = `{"update_id":1,"update_type":"check_activated","payload":${payload}}`;
      expect(receive(text)).toMatchObject({ ok: true, facts: [], ignored: 'unknown-update-type' });
    }
    const long = `{"update_type":"${'x'.repeat(100_000)}"}`;
    expect(keyOf(receive(long)).length).toBeLessThan(100);
  });

  it('CP-2: an invoice of another system on the same token is accepted: it matches nothing here', () => {
    const text = body.replace('1042-1-a1b2c3d4e5f6', '{\\"user_id\\":42}');
    const verdict = receive(text);
    expect(verdict.ok && verdict.facts[0]?.reference).toBe('{"user_id":42}');
  });

  it('CP-2: values that are not known yet do not make a genuine event malformed', () => {
    for (const [from, to] of [
      ['"currency_type":"crypto"', '"currency_type":"stars"'],
      ['"asset":"USDT"', '"asset":"NEW COIN"'],
      ['"status":"paid"', '"status":"partially_paid"'],
    ] as const) {
      const verdict = receive(body.replace(from, to));
      expect(verdict.ok && verdict.facts[0]?.final).toBe(false);
    }
  });

  it('CP-3: the raw bytes count: escapes, white space, 9.90 and ids above 2^53', () => {
    expect(JSON.stringify(JSON.parse(body))).not.toBe(body);
    expect(outcome(receive(JSON.stringify(JSON.parse(body)), signature(mac(body))))).toBe(
      'signature: signature-mismatch',
    );
    const large = body.replace('528347', '9007199254740993').replace('"9.90"', '9.90');
    const verdict = receive(large);
    expect(verdict.ok && verdict.facts[0]).toMatchObject({
      gatewayPaymentId: '9007199254740993',
      received: { amount: '9.90' },
    });
  });

  it('CP-3: the signature is checked before the body is parsed', () => {
    expect(outcome(receive('{"update_type":', signature(mac('something else'))))).toBe(
      'signature: signature-mismatch',
    );
    expect(outcome(receive('{"update_type":'))).toBe('schema: not-json');
  });

  const good = mac(body);
  it.each([
    ['empty', ''],
    ['short', good.slice(1)],
    ['long', `${good}a`],
    ['followed by garbage', `${good}zz`],
    ['followed by white space', `${good} `],
    ['joined with itself', `${good}, ${good}`],
    ['joined without a space', `${good},${good}`],
    ['prefixed', `sha256=${good}`],
    ['no hex', 'x'.repeat(64)],
    ['not ASCII', 'ä'.repeat(64)],
  ])('CP-4: a signature that is %s is malformed, and nothing throws', (_what, value) => {
    expect(outcome(receive(body, signature(value)))).toBe('signature: signature-malformed');
  });

  it('CP-4: a missing and a repeated signature are refused', () => {
    expect(outcome(receive(body, []))).toBe('signature: signature-missing');
    expect(outcome(receive(body, [...signature(good), ['Crypto-Pay-Api-Signature', good]]))).toBe(
      'signature: signature-repeated',
    );
  });

  it('accepts upper-case hex, as everywhere', () => {
    expect(outcome(receive(body, signature(good.toUpperCase())))).toBe('accepted');
  });

  it('CP-5: the key is the raw digest of the token, not its hex and not the token', () => {
    const hex = createHash('sha256').update(token).digest('hex');
    expect(outcome(receive(body, signature(mac(body, hex))))).toBe('signature: signature-mismatch');
    expect(outcome(receive(body, signature(mac(body, token))))).toBe('signature: signature-mismatch');
  });

  it('CP-5: a token that was pasted with a line end verifies', () => {
    const pasted = cryptoPayConfigSchema.parse({ token: ` ${token}\n` });
    expect(outcome(receive(body, signature(good), pasted))).toBe('accepted');
  });

  it('refuses what another app signed', () => {
    const other = createHash('sha256')
      .update(`54321:${'B'.repeat(35)}`)
      .digest();
    expect(outcome(receive(body, signature(mac(body, other))))).toBe('signature: signature-mismatch');
  });

  it.each([
    ['an array', `[${body}]`, 'not-an-update'],
    ['a text', JSON.stringify(body), 'not-an-update'],
    ['null', 'null', 'not-an-update'],
    ['no update type', '{"payload":{}}', 'not-an-update'],
    ['an update type that is no text', '{"update_type":["invoice_paid"]}', 'not-an-update'],
    ['a payload that is a text', '{"update_type":"invoice_paid","payload":"{}"}', 'not-an-invoice'],
    ['a payload that is an array', '{"update_type":"invoice_paid","payload":[]}', 'not-an-invoice'],
    ['an amount that is an object', body.replace('"9.90"', '{"value":"9.90"}'), 'not-an-invoice'],
    ['a negative amount', body.replace('"9.90"', '"-9.90"'), 'not-an-invoice'],
    ['an amount as words', body.replace('"9.90"', '"9,90"'), 'not-an-invoice'],
    ['an id with a fraction', body.replace('528347', '528347.5'), 'not-an-invoice'],
    ['a status that is a number', body.replace('"status":"paid"', '"status":1'), 'not-an-invoice'],
    ['a BOM', `\ufeff${body}`, 'bom'],
    ['__proto__', body.replace('{', '{"__proto__":{"update_type":"invoice_paid"},'), 'forbidden-key'],
    ['a repeated key', body.replace('"status":"paid"', '"status":"active","status":"paid"'), 'duplicate-key'],
  ])('refuses %s, though it is signed', (_what, text, reason) => {
    expect(outcome(receive(text))).toBe(`schema: ${reason}`);
  });

  it('refuses bodies over 1 MiB before anything is computed', () => {
    expect(outcome(receive(Buffer.alloc(1_048_577, 0x20), []))).toBe('transport: body-too-large');
  });

  it('never throws, and accepts nothing without the MAC', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[0-9a-f]{64}$/));
    fc.assert(
      fc.property(value, fc.uint8Array({ maxLength: 40 }), (text, bytes) => {
        expect(receive(bytes, signature(text)).ok).toBe(false);
      }),
      { seed: 47, numRuns: 1000 },
    );
  });
});
