import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WebhookVerdict } from '../webhook.ts';
import { cryptoPaymentCenterConfigSchema } from './contract.ts';
import { receiveCryptoPaymentCenterWebhook } from './webhook.ts';

const confirmedBody = readFileSync(
  new URL('./fixtures/payment-confirmed.json', import.meta.url),
  'utf8',
).trim();
const invoiceId = '550e8400-e29b-41d4-a716-446655440000';
const keyBytes = Buffer.from('0123456789abcdef0123456789abcdef');
const config = cryptoPaymentCenterConfigSchema.parse({
  apiKey: 'pk_abc123',
  apiSecret: 'sk_xyz789',
  appKey: `base64:${keyBytes.toString('base64')}`,
});
const receivedAt = Date.UTC(2026, 5, 1, 12, 5);

/** The gateway's own way to sign, written down once more: PHP joins id and event with a point. */
const mac = (message: string, key: Uint8Array = keyBytes): string =>
  createHmac('sha256', key).update(message, 'utf8').digest('hex');

const receive = (body: string | Uint8Array): WebhookVerdict =>
  receiveCryptoPaymentCenterWebhook(config, {
    headers: [['content-type', 'application/json']],
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
    receivedAt,
  });

const refusal = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accepted' : `${verdict.layer}: ${verdict.reason}`;

const event = (fields: object): string => JSON.stringify(fields);
const good = mac(`${invoiceId}.payment.confirmed`);
const confirmed = confirmedBody.replace('SIGNATURE', good);

describe('receiveCryptoPaymentCenterWebhook', () => {
  it('CPC-1: an authentic event is a hint of its id and event, and carries nothing else', () => {
    const verdict = receive(confirmed);
    expect(verdict.ok && verdict.facts).toEqual([
      {
        authority: 'hint',
        gatewayPaymentId: invoiceId,
        reference: null,
        paymentRecord: null,
        status: 'paid',
        wireStatus: 'payment.confirmed',
        quoted: null,
        received: null,
        final: false,
        forwarded: null,
        confirmations: null,
        transaction: null,
        paidAt: null,
        expiresAt: null,
        exceptions: [],
        asOf: receivedAt,
      },
    ]);
  });

  it('CPC-1: forged unsigned fields change nothing of what is learnt', () => {
    const forged = event({
      event: 'payment.confirmed',
      invoice_id: invoiceId,
      order_id: 'somebody-elses-order',
      status: 'confirmed',
      amount_usd: 1_000_000,
      paid_amount: '999',
      txid: ['x'],
      address: { evil: true },
      signature: good,
    });
    const [one, other] = [receive(confirmed), receive(forged)];
    expect(one.ok && other.ok && other.facts).toEqual(one.ok && one.facts);
  });

  it('CPC-2: a replay a year later is the same event: nothing of the time is signed', () => {
    const replay = { headers: [], body: Buffer.from(confirmed), receivedAt: receivedAt + 365 * 86_400_000 };
    const [first, again] = [receive(confirmed), receiveCryptoPaymentCenterWebhook(config, replay)];
    expect(first.ok && again.ok && again.dedupeKey).toBe(first.ok && first.dedupeKey);
    expect(again.ok && again.facts.map((fact) => fact.authority)).toEqual(['hint']);
  });

  it('CPC-3: a shifted field boundary verifies and is refused for its shape', () => {
    for (const [id, name] of [
      [`${invoiceId}.payment`, 'confirmed'],
      ['', `${invoiceId}.payment.confirmed`.slice(1)],
      [invoiceId.slice(0, 8), `${invoiceId.slice(9)}.payment.confirmed`],
    ]) {
      const body = event({ invoice_id: id, event: name, signature: mac(`${id}.${name}`) });
      expect(refusal(receive(body))).toBe('schema: not-an-event');
    }
  });

  it('CPC-3: whatever is cut elsewhere out of one signed text, only the genuine pair passes', () => {
    const text = `${invoiceId}.payment.confirmed`;
    const passing = [...text].flatMap((character, at) => {
      if (character !== '.') return [];
      const fields = { invoice_id: text.slice(0, at), event: text.slice(at + 1), signature: good };
      const verdict = receive(event(fields));
      return verdict.ok ? [fields.event] : [];
    });
    expect(passing).toEqual(['payment.confirmed']);
  });

  it('CPC-4: payment.detected with an unsigned status "confirmed" only means that something was seen', () => {
    const body = event({
      invoice_id: invoiceId,
      event: 'payment.detected',
      status: 'confirmed',
      signature: mac(`${invoiceId}.payment.detected`),
    });
    const verdict = receive(body);
    expect(verdict.ok && verdict.facts.map((fact) => [fact.status, fact.wireStatus, fact.final])).toEqual([
      ['processing', 'payment.detected', false],
    ]);
  });

  it('CPC-4: the event of a verified message cannot be exchanged', () => {
    const body = event({
      invoice_id: invoiceId,
      event: 'payment.confirmed',
      signature: mac(`${invoiceId}.payment.detected`),
    });
    expect(refusal(receive(body))).toBe('signature: signature-mismatch');
  });

  it('CPC-10: an event that is genuine and not documented is acknowledged and ignored', () => {
    const body = event({
      invoice_id: invoiceId,
      event: 'payment.refunded',
      signature: mac(`${invoiceId}.payment.refunded`),
    });
    expect(receive(body)).toMatchObject({ ok: true, facts: [], ignored: 'unknown-event' });
  });

  it('CPC-10: an invoice of another system on the same key is accepted: it matches nothing here', () => {
    const other = '11111111-2222-3333-4444-555555555555';
    const body = event({
      invoice_id: other,
      event: 'payment.confirmed',
      signature: mac(`${other}.payment.confirmed`),
    });
    const verdict = receive(body);
    expect(verdict.ok && verdict.facts[0]?.gatewayPaymentId).toBe(other);
  });

  it.each([
    ['null', 'null'],
    ['an array', `["${good}"]`],
    ['a number', '12'],
    ['an object', `{"0":"${good}"}`],
    ['true', 'true'],
    ['an empty text', '""'],
    ['63 digits', `"${good.slice(1)}"`],
    ['65 digits', `"${good}0"`],
    ['white space behind', `"${good} "`],
    ['a prefix', `"sha256=${good}"`],
    ['a list', `"${good},${good}"`],
    ['no hex', `"${'z'.repeat(64)}"`],
  ])('CPC-12: a signature that is %s is false, not an exception', (_what, signature) => {
    const body = `{"invoice_id":"${invoiceId}","event":"payment.confirmed","signature":${signature}}`;
    expect(refusal(receive(body))).toBe('signature: signature-malformed');
  });

  it('CPC-12: a missing signature and a repeated one are false, in any spelling', () => {
    const fields = `"invoice_id":"${invoiceId}","event":"payment.confirmed"`;
    expect(refusal(receive(`{${fields}}`))).toBe('signature: signature-missing');
    const twice = [
      `"signature":"${good}","signature":"${good}"`,
      `"signature":"","\\u0073ignature":"${good}"`,
    ];
    for (const pair of twice)
      expect(refusal(receive(`{${fields},${pair}}`))).toBe('signature: signature-repeated');
  });

  it('accepts upper-case hex, as everywhere', () => {
    expect(receive(confirmed.replace(good, good.toUpperCase())).ok).toBe(true);
  });

  it('accepts any way to write the same JSON: only two fields are signed', () => {
    const spaced = JSON.stringify(JSON.parse(confirmed), null, 2);
    expect(receive(spaced).ok).toBe(true);
    expect(receive(confirmed.replace('payment.confirmed', 'payment\\u002econfirmed')).ok).toBe(true);
  });

  it('refuses what another key signed', () => {
    const body = event({
      invoice_id: invoiceId,
      event: 'payment.confirmed',
      signature: mac(`${invoiceId}.payment.confirmed`, randomBytes(32)),
    });
    expect(refusal(receive(body))).toBe('signature: signature-mismatch');
  });

  it('signs with the decoded key, not with its base64 text', () => {
    const text = Buffer.from(keyBytes.toString('base64'));
    const body = event({
      invoice_id: invoiceId,
      event: 'payment.confirmed',
      signature: mac(`${invoiceId}.payment.confirmed`, text),
    });
    expect(refusal(receive(body))).toBe('signature: signature-mismatch');
  });

  it.each([
    ['no JSON', '', 'schema: not-json'],
    ['a BOM', `\ufeff${confirmed}`, 'schema: bom'],
    ['__proto__', confirmed.replace('{', '{"__proto__":{"a":1},'), 'schema: forbidden-key'],
    ['a repeated unsigned key', confirmed.replace('{', '{"coin":"BTC",'), 'schema: duplicate-key'],
    [
      'a repeated signed key',
      confirmed.replace('{', '{"event":"payment.detected",'),
      'schema: duplicate-key',
    ],
    ['another event behind it', confirmed.replace(/}$/, ',"event":"x"}'), 'signature: signature-mismatch'],
    [
      'a signature repeated further in',
      confirmed.replace('{', '{"x":{"signature":1,"signature":2},'),
      'schema: duplicate-key',
    ],
    ['an array', `[${confirmed}]`, 'schema: not-an-object'],
    ['a text', JSON.stringify(confirmed), 'schema: not-an-object'],
    ['a number', '1', 'schema: not-an-object'],
    ['null', 'null', 'schema: not-an-object'],
    ['no id', event({ event: 'payment.confirmed', signature: good }), 'signature: signature-mismatch'],
    [
      'an id in an array',
      event({ invoice_id: [invoiceId], event: 'payment.confirmed', signature: good }),
      'signature: signature-mismatch',
    ],
    [
      'a signed number as id',
      event({ invoice_id: 42, event: 'payment.confirmed', signature: mac('42.payment.confirmed') }),
      'schema: not-an-event',
    ],
    ['nothing, signed', event({ signature: mac('.') }), 'schema: not-an-event'],
  ])('refuses %s', (_what, body, expected) => {
    expect(refusal(receive(body))).toBe(expected);
  });

  it('refuses invalid UTF-8, and bodies over 1 MiB before anything is parsed', () => {
    expect(refusal(receive(Buffer.from([0x7b, 0xff, 0x7d])))).toBe('schema: not-utf8');
    const padded = confirmed.replace('{', `{"pad":"${'x'.repeat(1_048_576)}",`);
    expect(refusal(receive(padded))).toBe('transport: body-too-large');
  });

  it('never throws, and accepts no body without the MAC', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(noise, (body) => {
        expect(receive(body).ok).toBe(false);
      }),
      { seed: 41, numRuns: 1000 },
    );
  });
});
