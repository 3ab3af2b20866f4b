import { describe, expect, it } from 'vitest';
import { created, sampleInvoice, usd } from '../../invoice/sample-invoice.fixture.ts';
import { hmacSha256Hex } from '../../signature/hmac.ts';
import type { WebhookRequest } from '../webhook.ts';
import { newTestGatewayConfig, signatureHeader, testGatewayConfigSchema } from './contract.ts';
import { type TestGatewayAction, testGatewayNews } from './news.ts';
import { receiveTestGatewayWebhook } from './webhook.ts';

const random = (seed: number) => (count: number) => new Uint8Array(count).fill(seed);
const config = newTestGatewayConfig(random(1));
const invoice = sampleInvoice({ gateway: 'test', quoted: usd('49.99') });
const now = created + 60_000;

const news = (action: TestGatewayAction, seed = 2): WebhookRequest => {
  const request = testGatewayNews(config, invoice, action, now, random(seed));
  if (request === undefined) throw new Error('no news');
  return request;
};

const signed = (body: string, key = config.key): WebhookRequest => ({
  headers: [[signatureHeader, hmacSha256Hex(Buffer.from(key), Buffer.from(body))]],
  body: Buffer.from(body),
  receivedAt: now,
});

describe('news of the pseudo-gateway', () => {
  it.each([
    ['pay', { status: 'paid', received: usd('49.99'), final: true, paidAt: now }],
    ['pay-less', { status: 'paid', received: usd('24.99'), final: true, paidAt: now }],
    ['cancel', { status: 'canceled', received: null, final: false, paidAt: null }],
    ['expire', { status: 'expired', received: null, final: false, paidAt: null }],
  ] as const)('verify as signed by the account: %s', (action, fact) => {
    expect(receiveTestGatewayWebhook(config, news(action))).toMatchObject({
      ok: true,
      facts: [
        {
          authority: 'signed',
          gatewayPaymentId: invoice.reference,
          reference: invoice.reference,
          quoted: usd('49.99'),
          ...fact,
        },
      ],
    });
  });

  it('tell two payments apart, and one payment told twice not', () => {
    const keyOf = (request: WebhookRequest) => {
      const verdict = receiveTestGatewayWebhook(config, request);
      return verdict.ok ? verdict.dedupeKey : verdict.reason;
    };
    expect(keyOf(news('pay', 2))).toBe(keyOf(news('pay', 2)));
    expect(keyOf(news('pay', 2))).not.toBe(keyOf(news('pay', 3)));
  });

  it('are not made for a live invoice, another gateway or an unusable configuration', () => {
    const made = (change: Parameters<typeof sampleInvoice>[0], of: unknown = config) =>
      testGatewayNews(of, sampleInvoice({ gateway: 'test', ...change }), 'pay', now, random(2));
    expect(made({})).toBeDefined();
    expect(made({ mode: 'live' })).toBeUndefined();
    expect(made({ gateway: 'crypto-pay' })).toBeUndefined();
    expect(made({}, {})).toBeUndefined();
  });

  it('are refused when forged: another key, another body, no signature, a repeated one', () => {
    const genuine = news('pay');
    const reason = (request: WebhookRequest) => {
      const verdict = receiveTestGatewayWebhook(config, request);
      return verdict.ok ? 'accepted' : `${verdict.layer}: ${verdict.reason}`;
    };
    const other = testGatewayNews(newTestGatewayConfig(random(9)), invoice, 'pay', now, random(2));
    expect(other && reason(other)).toBe('signature: signature-mismatch');
    const body = Buffer.from(Buffer.from(genuine.body).toString().replaceAll('49.99', '49.98'));
    expect(reason({ ...genuine, body })).toBe('signature: signature-mismatch');
    expect(reason({ ...genuine, headers: [] })).toBe('signature: signature-missing');
    expect(reason({ ...genuine, headers: [...genuine.headers, ...genuine.headers] })).toBe(
      'signature: signature-repeated',
    );
    expect(reason({ ...genuine, body: new Uint8Array(1_048_577) })).toBe('transport: body-too-large');
  });

  it('are refused or held for a person when their body is none of ours', () => {
    const verdict = (body: string) => receiveTestGatewayWebhook(config, signed(body));
    expect(verdict('{')).toMatchObject({ ok: false, layer: 'schema' });
    expect(verdict('{}')).toMatchObject({ ok: false, layer: 'schema', reason: 'not-an-event' });
    const event = { id: 'a', status: 'paid', amount: '1', currency: 'USD', at: '2026-01-01T00:00:00Z' };
    expect(verdict(JSON.stringify({ ...event, event: 'other' }))).toMatchObject({ ok: true, facts: [] });
    const strange = { ...event, event: 'payment.status_changed', status: 'refunded' };
    expect(verdict(JSON.stringify(strange))).toMatchObject({ ok: true, facts: [{ status: 'unknown' }] });
    expect(verdict(JSON.stringify({ ...strange, status: 'paid' }))).toMatchObject({
      ok: true,
      facts: [{ status: 'paid', final: false, received: null }],
    });
  });
});

describe('the key of the pseudo-gateway', () => {
  it.each([
    ['', false],
    ['short', false],
    ['0123456789abcdef0123456789abcde', false],
    ['0123456789abcdef0123456789abcdef', true],
    ['0123456789ABCDEF0123456789ABCDE', false],
    ['abcdefghijklmnopqrstu', false],
    ['abcdefghijklmnopqrstuv', true],
    ['abcdefghijklmnopqrstuv wxyz', false],
  ])('has at least 128 bits: "%s"', (key, usable) => {
    expect(testGatewayConfigSchema.safeParse({ key }).success).toBe(usable);
  });

  it('is made of 256 random bits', () => {
    expect(newTestGatewayConfig(random(255))).toEqual({ key: `${'_'.repeat(42)}8` });
  });
});
