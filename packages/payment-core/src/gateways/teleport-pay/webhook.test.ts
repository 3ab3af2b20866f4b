import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../signature/headers.ts';
import { register } from '../registry.ts';
import { refusalStatus, type WebhookVerdict } from '../webhook.ts';
import { teleportPay } from './index.ts';

const config = { apiKey: 'tk_fixture', webhookSecret: 'tp_webhook_secret_of_the_fixtures' };
const gateway = register(teleportPay);
const receivedAt = Date.UTC(2026, 5, 1, 12);

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
/** Made by Python's hmac over the fixtures' bytes. */
const signatures: Readonly<Record<string, string>> = JSON.parse(fixture('signatures.json').toString());

const sign = (body: Uint8Array | string, secret = config.webhookSecret): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const receive = (
  body: Uint8Array | string,
  headers: HeaderLines = [['X-Webhook-Signature', sign(body)]],
  settings: unknown = config,
): WebhookVerdict => gateway.receiveWebhook(settings, { headers, body: Buffer.from(body), receivedAt });

const outcome = (verdict: WebhookVerdict): string =>
  verdict.ok ? 'accept' : `${verdict.layer} ${verdict.reason}`;

const factOf = (verdict: WebhookVerdict) => {
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.facts[0]!;
};

const event = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    event: 'invoice.status_changed',
    payment_id: 'pay_8c8e62e273b54997',
    bill_uid: '8c8e62e2-73b5-4997-a1f0-5d7c2b9e4410',
    order_id: '1234-1',
    status: 'paid',
    amount: 49.99,
    currency: 'USD',
    timestamp: 1711608002,
    ...change,
  });

describe('a genuine Teleport Pay webhook', () => {
  it.each([
    ['paid.json', 'paid'],
    ['expired.json', 'expired'],
    ['cancelled.json', 'canceled'],
    ['failed.json', 'failed'],
    ['manual-confirmation.json', 'processing'],
    ['unknown-status.json', 'unknown'],
  ])('%s, signed by Python, says %s', (name, status) => {
    const verdict = receive(fixture(name), [['X-Webhook-Signature', signatures[name]!]]);
    expect(factOf(verdict)).toMatchObject({
      authority: 'signed',
      status,
      gatewayPaymentId: 'pay_8c8e62e273b54997',
      reference: '1234-1',
      asOf: receivedAt,
    });
  });

  it('takes the prefix sha256= or none, hex of either case and any case of the header name', () => {
    const body = fixture('paid.json');
    for (const value of [sign(body), `sha256=${sign(body)}`, sign(body).toUpperCase()]) {
      expect(outcome(receive(body, [['x-WEBHOOK-signature', value]]))).toBe('accept');
    }
  });

  it('TP-3: Python bytes are verified as they came; the same JSON written anew is refused', () => {
    for (const name of ['paid-round-amount.json', 'paid-non-ascii-order.json']) {
      const body = fixture(name);
      expect(outcome(receive(body, [['X-Webhook-Signature', signatures[name]!]]))).toBe('accept');
      const rewritten = JSON.stringify(JSON.parse(body.toString()));
      expect(outcome(receive(rewritten, [['X-Webhook-Signature', signatures[name]!]]))).toBe(
        'signature signature-mismatch',
      );
    }
  });

  it('TP-3: the digits of the amount are kept', () => {
    expect(factOf(receive(fixture('paid-round-amount.json'))).quoted).toEqual({
      amount: '50.0',
      currency: 'USD',
    });
    expect(factOf(receive(fixture('paid-non-ascii-order.json'))).reference).toBe('заказ-1 ☃');
  });

  it('TP-4: an event stays good however late it comes, and a replay has the key of the first', () => {
    const first = receive(fixture('paid.json'));
    const retried = receive(event({ timestamp: 1711608002 + 30 * 60 }));
    expect(first).toMatchObject({ ok: true });
    expect(first.ok && retried.ok && first.dedupeKey === retried.dedupeKey).toBe(true);
    const expired = receive(event({ status: 'expired' }));
    expect(first.ok && expired.ok && first.dedupeKey !== expired.dedupeKey).toBe(true);
  });

  it('TP-10: order_id may be null or missing; the payment id stands alone', () => {
    for (const body of [fixture('paid-without-order-id.json'), event({ order_id: undefined })]) {
      expect(factOf(receive(body))).toMatchObject({
        gatewayPaymentId: 'pay_8c8e62e273b54997',
        reference: null,
        status: 'paid',
      });
    }
  });

  it('TP-6: an unknown payment id comes with what an adoption compares', () => {
    expect(factOf(receive(event({ payment_id: 'pay_0000000000000001' })))).toMatchObject({
      gatewayPaymentId: 'pay_0000000000000001',
      reference: '1234-1',
      quoted: { amount: '49.99', currency: 'USD' },
    });
  });

  it('acknowledges event types nobody documented, and says nothing by them', () => {
    expect(receive(JSON.stringify({ event: 'payout.sent' }))).toEqual({
      ok: true,
      facts: [],
      dedupeKey: expect.stringMatching(/^ignored:[0-9a-f]{32}$/),
      ignored: 'unknown-event',
    });
  });

  it('ignores fields nobody documented', () => {
    expect(factOf(receive(event({ fee: { amount: 1 }, tags: ['a'] }))).status).toBe('paid');
  });

  it('reads an amount that is written as text, and a reference that is a number', () => {
    expect(factOf(receive(event({ amount: '49.99', order_id: 1234 })))).toMatchObject({
      quoted: { amount: '49.99', currency: 'USD' },
      reference: '1234',
    });
  });
});

describe('a bad signature is refused before the body is read', () => {
  const body = event();
  const good = sign(body);
  it.each<[string, string, HeaderLines]>([
    ['missing', 'signature-missing', []],
    ['under another name', 'signature-missing', [['X-Signature', good]]],
    ['empty', 'signature-malformed', [['X-Webhook-Signature', '']]],
    ['only the prefix', 'signature-malformed', [['X-Webhook-Signature', 'sha256=']]],
    ['short', 'signature-malformed', [['X-Webhook-Signature', good.slice(1)]]],
    ['long', 'signature-malformed', [['X-Webhook-Signature', `${good}0`]]],
    ['not hexadecimal', 'signature-malformed', [['X-Webhook-Signature', `z${good.slice(1)}`]]],
    ['not ASCII', 'signature-malformed', [['X-Webhook-Signature', `é${good.slice(1)}`]]],
    ['comma-joined', 'signature-malformed', [['X-Webhook-Signature', `${good}, ${good}`]]],
    ['twice prefixed', 'signature-malformed', [['X-Webhook-Signature', `sha256=sha256=${good}`]]],
    ['with an upper-case prefix', 'signature-malformed', [['X-Webhook-Signature', `SHA256=${good}`]]],
    [
      'repeated',
      'signature-repeated',
      [
        ['X-Webhook-Signature', good],
        ['x-webhook-signature', good],
      ],
    ],
    ['of another secret', 'signature-mismatch', [['X-Webhook-Signature', sign(body, 'tk_fixture')]]],
    ['of an empty body', 'signature-mismatch', [['X-Webhook-Signature', sign('')]]],
  ])('%s', (_what, reason, headers) => {
    const verdict = receive(body, headers);
    expect(outcome(verdict)).toBe(`signature ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(401);
  });

  it('a byte order mark, a line feed or a changed byte in transit', () => {
    const changed = [`\ufeff${body}`, `${body}\n`, body.replace('49.99', '49.98')];
    for (const bytes of changed) {
      expect(outcome(receive(bytes, [['X-Webhook-Signature', good]]))).toBe('signature signature-mismatch');
    }
  });

  it('no bytes and no header make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), (bytes, value) => {
        expect(receive(bytes, [['X-Webhook-Signature', value]]).ok).toBe(false);
      }),
      { seed: 3 },
    );
  });
});

describe('a signed body that is no event', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['empty', 'not-json', ''],
    ['not JSON', 'not-json', '{"event": '],
    ['with a byte order mark', 'bom', `\ufeff${event()}`],
    ['not UTF-8', 'not-utf8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['with a repeated key', 'duplicate-key', event().replace('{', '{"status": "paid",')],
    ['with __proto__', 'forbidden-key', event().replace('{', '{"__proto__": {"status": "paid"},')],
    ['too deep', 'too-deep', '['.repeat(70) + ']'.repeat(70)],
    ['an array', 'not-an-event', `[${event()}]`],
    ['a string', 'not-an-event', JSON.stringify(event())],
    ['null', 'not-an-event', 'null'],
    ['without an event type', 'not-an-event', '{}'],
    ['with an event type that is no text', 'not-an-event', '{"event": 1}'],
    ['without a payment id', 'not-an-invoice-event', event({ payment_id: undefined })],
    ['with an empty payment id', 'not-an-invoice-event', event({ payment_id: '' })],
    ['with an endless payment id', 'not-an-invoice-event', event({ payment_id: 'p'.repeat(201) })],
    ['with a list for the payment id', 'not-an-invoice-event', event({ payment_id: ['pay_1'] })],
    ['without a status', 'not-an-invoice-event', event({ status: undefined })],
    ['with a status that is no text', 'not-an-invoice-event', event({ status: { paid: true } })],
    ['with a negative amount', 'not-an-invoice-event', event({ amount: -49.99 })],
    ['with an amount that is no number', 'not-an-invoice-event', event({ amount: 'fifty' })],
    ['with a list for the amount', 'not-an-invoice-event', event({ amount: [49.99] })],
    ['with a currency that is no text', 'not-an-invoice-event', event({ currency: 840 })],
    ['with an object for the reference', 'not-an-invoice-event', event({ order_id: {} })],
    ['with a timestamp that is no number', 'not-an-invoice-event', event({ timestamp: 'yesterday' })],
    ['with a text no store can keep', 'not-an-invoice-event', event({ status: 'pa\u0000id' })],
  ])('%s', (_what, reason, body) => {
    const verdict = receive(body);
    expect(outcome(verdict)).toBe(`schema ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(400);
  });

  it('above 1 MiB is refused before anything is computed; exactly 1 MiB is read', () => {
    const padded = (size: number): string =>
      event({ padding: 'x'.repeat(size - event({ padding: '' }).length) });
    const large = receive(padded(1_048_577));
    expect(outcome(large)).toBe('transport body-too-large');
    expect(!large.ok && refusalStatus(large)).toBe(413);
    expect(outcome(receive(padded(1_048_576)))).toBe('accept');
  });
});

describe('an unusable configuration', () => {
  it.each([
    ['config-api-key', { ...config, apiKey: undefined }],
    ['config-api-key', { ...config, apiKey: 'two words' }],
    ['config-webhook-secret', { ...config, webhookSecret: '' }],
    ['config-webhook-secret', { ...config, webhookSecret: ' \n' }],
    ['config-webhook-secret', { ...config, webhookSecret: 7 }],
    ['config-base-url', { ...config, baseUrl: 'http://gate.teleport.ltd' }],
    ['config-payment-methods', { ...config, paymentMethods: [] }],
    ['config-unusable', null],
  ])('is reported as %s, without a value', (reason, settings) => {
    const verdict = receive(event(), [['X-Webhook-Signature', sign(event())]], settings);
    expect(outcome(verdict)).toBe(`config ${reason}`);
    expect(!verdict.ok && refusalStatus(verdict)).toBe(503);
  });

  it('a secret pasted with a line end still verifies', () => {
    const pasted = { ...config, webhookSecret: `${config.webhookSecret}\r\n` };
    expect(outcome(receive(event(), [['X-Webhook-Signature', sign(event())]], pasted))).toBe('accept');
  });
});
