import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../signature/headers.ts';
import type { WebhookVerdict } from '../webhook.ts';
import { xRocketPayConfigSchema } from './contract.ts';
import { receiveXRocketPayWebhook } from './webhook.ts';

const body = readFileSync(new URL('./fixtures/invoice-pay.json', import.meta.url), 'utf8').trim();
const apiKey = 'a1b2c3d4e5f6g7h8i9j0k1l2m';
const config = xRocketPayConfigSchema.parse({ apiKey: `${apiKey}\n` });
const receivedAt = Date.UTC(2026, 5, 1, 12);

/** The gateway's own way to sign, written down once more. */
const mac = (
  text: string | Uint8Array,
  key: string | Uint8Array = createHash('sha256').update(apiKey).digest(),
) => createHmac('sha256', key).update(text).digest('hex');

const signature = (value: string): HeaderLines => [['Rocket-Pay-Signature', value]];

const receive = (text: string | Uint8Array, headers: HeaderLines = signature(mac(text))) =>
  receiveXRocketPayWebhook(config, {
    headers,
    body: typeof text === 'string' ? Buffer.from(text, 'utf8') : text,
    receivedAt,
  });

const outcome = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accepted' : `${verdict.layer}: ${verdict.reason}`;

describe('receiveXRocketPayWebhook', () => {
  it('XR-4: reads a paid invoice with its one payment', () => {
    const verdict = receive(body);
    expect(verdict.ok && verdict.facts).toEqual([
      {
        authority: 'signed',
        gatewayPaymentId: '84211',
        reference: '1042-1-a1b2c3d4e5f6',
        paymentRecord: null,
        status: 'paid',
        wireStatus: 'paid',
        quoted: { amount: '49.90', currency: 'USDT' },
        received: { amount: '49.90', currency: 'USDT' },
        final: true,
        forwarded: null,
        confirmations: null,
        transaction: null,
        paidAt: Date.UTC(2026, 5, 1, 11, 59, 5, 123),
        expiresAt: Date.UTC(2026, 5, 1, 12, 5),
        exceptions: [],
        asOf: receivedAt,
      },
    ]);
  });

  it('a redelivery with another timestamp is the same event, another invoice is another', () => {
    const keyOf = (text: string): string => {
      const verdict = receive(text);
      return verdict.ok ? verdict.dedupeKey : outcome(verdict);
    };
    expect(keyOf(body.replace('11:59:11', '12:40:00'))).toBe(keyOf(body));
    expect(keyOf(body.replace('84211', '84212'))).not.toBe(keyOf(body));
  });

  it.each(['subscriptionPay', 'subscriptionEnd', 'exchangeOrderComplete', 'anything'])(
    '%s is acknowledged and ignored, whatever it carries',
    (type) => {
      for (const data of ['{}', '[]', 'null', '"x"']) {
        expect(receive(`{"type":"${type}","data":${data}}`)).toMatchObject({
          ok: true,
          facts: [],
          ignored: 'unknown-event',
        });
      }
    },
  );

  it('XR-1: the raw bytes count, with 49.90 and escapes as they came', () => {
    expect(JSON.stringify(JSON.parse(body))).not.toBe(body);
    expect(outcome(receive(JSON.stringify(JSON.parse(body)), signature(mac(body))))).toBe(
      'signature: signature-mismatch',
    );
  });

  it('XR-6: a genuine signature over bytes that are no UTF-8 fits; only then the text is refused', () => {
    const bytes = Buffer.concat([Buffer.from(body.slice(0, -1)), Buffer.from([0xff]), Buffer.from('}')]);
    expect(outcome(receive(bytes))).toBe('schema: not-utf8');
    expect(outcome(receive(bytes, signature(mac(body))))).toBe('signature: signature-mismatch');
  });

  it('XR-6: upper-case digits are the same signature; trailing, repeated and missing ones are none', () => {
    const good = mac(body);
    expect(outcome(receive(body, signature(good.toUpperCase())))).toBe('accepted');
    for (const value of ['', good.slice(1), `${good}a`, `${good} `, `${good}, ${good}`, 'x'.repeat(64)]) {
      expect(outcome(receive(body, signature(value)))).toBe('signature: signature-malformed');
    }
    expect(outcome(receive(body, []))).toBe('signature: signature-missing');
    expect(outcome(receive(body, [...signature(good), ...signature(good)]))).toBe(
      'signature: signature-repeated',
    );
  });

  it('the key is the raw digest of the app key, not its hex and not the key', () => {
    const hex = createHash('sha256').update(apiKey).digest('hex');
    for (const key of [hex, apiKey]) {
      expect(outcome(receive(body, signature(mac(body, key))))).toBe('signature: signature-mismatch');
    }
  });

  it.each([
    ['an array', `[${body}]`, 'not-an-event'],
    ['no type', '{"data":{}}', 'not-an-event'],
    ['data that is a text', '{"type":"invoicePay","data":"{}"}', 'not-an-invoice'],
    ['a negative amount', body.replace('"paymentAmount":49.90', '"paymentAmount":-1'), 'not-an-invoice'],
    ['an id with a fraction', body.replace('84211', '84211.5'), 'not-an-invoice'],
    ['a status that is a number', body.replace('"status":"paid"', '"status":1'), 'not-an-invoice'],
    ['__proto__', body.replace('{', '{"__proto__":{"type":"invoicePay"},'), 'forbidden-key'],
    ['a repeated key', body.replace('"status":"paid"', '"status":"active","status":"paid"'), 'duplicate-key'],
  ])('refuses %s, though it is signed', (_what, text, reason) => {
    expect(outcome(receive(text))).toBe(`schema: ${reason}`);
  });

  it('never throws, and accepts nothing without the MAC', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[0-9a-f]{64}$/));
    fc.assert(
      fc.property(value, fc.uint8Array({ maxLength: 40 }), (text, bytes) => {
        expect(receive(bytes, signature(text)).ok).toBe(false);
      }),
      { seed: 47, numRuns: 500 },
    );
  });
});
