import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { parseCurrency } from '../../money/currency.ts';
import { parseDecimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { CreateInvoiceRequest } from '../gateway.ts';
import { register } from '../registry.ts';
import { createTeleportPayClient } from './client.ts';
import { teleportPayConfigSchema } from './contract.ts';
import { teleportPay } from './index.ts';

const config = teleportPayConfigSchema.parse({ apiKey: 'tk_1', webhookSecret: 'whsec_1' });
const createdBody = readFileSync(new URL('./fixtures/created.json', import.meta.url), 'utf8');

const answer = (status: number, body: string): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(body),
});

/** The port, answering the same to everything and remembering what was sent. */
const network = (outcome: HttpOutcome) => {
  const sent: HttpRequest[] = [];
  return {
    sent,
    http: async (request: HttpRequest): Promise<HttpOutcome> => {
      sent.push(request);
      return outcome;
    },
  };
};

const connected = (outcome: HttpOutcome, settings = config, sandbox = false) => {
  const { sent, http } = network(outcome);
  return { sent, account: teleportPay.connect(settings, { http, clock: { now: () => 0 }, sandbox }) };
};

const money = (amount: string, currency: string): Money => ({
  amount: parseDecimal(amount)!,
  currency: parseCurrency(currency)!,
});

const request: CreateInvoiceRequest = {
  reference: '1234-1',
  amount: money('49.90', 'USD'),
  method: null,
  description: 'Order 1234',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/teleport-pay/acc',
  customerEmail: null,
  expiresInSeconds: 1_800,
};

const sentAmount = async (amount: Money): Promise<string> => {
  const { sent, account } = connected(answer(200, createdBody));
  const outcome = await account.createInvoice({ ...request, amount });
  if (outcome.outcome !== 'created') return `${outcome.outcome} ${outcome.reason}`;
  return /"amount":([^,]*),/.exec(sent[0]?.body ?? '')?.[1] ?? '';
};

describe('createInvoice', () => {
  it('reads what was made', async () => {
    const { account } = connected(answer(200, createdBody));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: 'pay_8c8e62e273b54997',
      payUrl: 'https://pay.teleport.ltd/bill/8c8e62e2-73b5-4997-a1f0-5d7c2b9e4410',
      address: null,
      payable: null,
      // No offset: UTC.
      expiresAt: Date.UTC(2026, 2, 28, 6, 40, 2, 123),
    });
  });

  it('sends every field of the document, at most once, with the key in its header', async () => {
    const { sent, account } = connected(answer(200, createdBody));
    await account.createInvoice({ ...request, customerEmail: 'a@example.org' });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: 'https://gate.teleport.ltd/api/crypto-acquiring/v1/invoice/create/',
        retry: 'never',
        headers: { 'X-API-Key': 'tk_1', Accept: 'application/json', 'Content-Type': 'application/json' },
        body:
          '{"amount":49.90,"currency":"USD","order_id":"1234-1","description":"Order 1234",' +
          '"customer_email":"a@example.org","return_url":"https://shop.example/return",' +
          '"cancel_url":"https://shop.example/cancel",' +
          '"webhook_url":"https://pay.example/webhooks/teleport-pay/acc","payment_methods":["crypto"]}',
      },
    ]);
  });

  it('TP-8: the amount goes out as a JSON number with the digits of the decimal', async () => {
    expect(await sentAmount(money('49.90', 'USD'))).toBe('49.90');
    expect(await sentAmount(money('0.1', 'USD'))).toBe('0.1');
    expect(await sentAmount(money('9007199254740993.01', 'USD'))).toBe('9007199254740993.01');
    expect(await sentAmount(money('1.250', 'KWD'))).toBe('1.250');
    expect(await sentAmount(money('0.123456', 'USDT'))).toBe('0.123456');
  });

  it('TP-8: JPY has no decimals; zeros there are dropped, other digits refused', async () => {
    expect(await sentAmount(money('1000.00', 'JPY'))).toBe('1000');
    expect(await sentAmount(money('1000.50', 'JPY'))).toBe('refused amount-unusable');
    expect(await sentAmount(money('0.00', 'USD'))).toBe('refused amount-unusable');
  });

  it('TP-9, TP-11: the webhook URL goes with the invoice as it was configured; the key is left alone', async () => {
    const { sent, account } = connected(answer(200, createdBody));
    await account.createInvoice(request);
    expect(JSON.parse(sent[0]?.body ?? '').webhook_url).toBe(request.webhookUrl);
    expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /api/crypto-acquiring/v1/invoice/create/',
    ]);
  });

  it('TP-7: the reference is the order id, one per attempt', async () => {
    const { sent, account } = connected(answer(200, createdBody));
    await account.createInvoice({ ...request, reference: '1234-2' });
    expect(JSON.parse(sent[0]?.body ?? '').order_id).toBe('1234-2');
  });

  it('TP-6: what may have made an invoice is ambiguous, never failed', async () => {
    const outcomes: HttpOutcome[] = [
      { outcome: 'ambiguous', reason: 'timeout-after-send' },
      { outcome: 'ambiguous', reason: 'server-error', status: 502 },
      answer(200, '<html>'),
      answer(200, '{"success": true}'),
      answer(200, createdBody.replace('"pay_8c8e62e273b54997"', 'null')),
    ];
    for (const outcome of outcomes) {
      expect((await connected(outcome).account.createInvoice(request)).outcome).toBe('ambiguous');
    }
  });

  it('a call that certainly made nothing is unavailable or refused', async () => {
    const notSent = connected({ outcome: 'unavailable', reason: 'not-sent' });
    expect(await notSent.account.createInvoice(request)).toEqual({
      outcome: 'unavailable',
      reason: 'not-sent',
    });
    const noAmount = connected(answer(200, createdBody));
    expect(await noAmount.account.createInvoice({ ...request, amount: null })).toEqual({
      outcome: 'refused',
      reason: 'amount-missing',
    });
    expect(noAmount.sent).toEqual([]);
  });

  it.each([
    [401, '{"detail": "Invalid API key."}', 'api-key-refused'],
    [403, '', 'api-key-refused'],
    [400, '{"amount": ["A valid number is required."]}', 'amount-refused'],
    [400, '{"success": false, "errors": {"webhook_url": ["Enter a valid URL."]}}', 'webhook-url-refused'],
    [400, '{"detail": "<script>alert(1)</script>"}', 'http-400'],
    [400, 'not JSON', 'http-400'],
    [404, '{"amount": []}', 'http-404'],
    [301, '', 'redirected'],
  ])('a %i answer is refused with a reason of ours (%s)', async (status, body, reason) => {
    expect(await connected(answer(status, body)).account.createInvoice(request)).toEqual({
      outcome: 'refused',
      reason,
    });
  });

  it('success: false is a refusal, whatever the status', async () => {
    expect(
      await connected(answer(200, '{"success": false, "error": "no"}')).account.createInvoice(request),
    ).toEqual({ outcome: 'refused', reason: 'not-successful' });
  });

  it('an expiry that is cut short, as in the document, does not spoil the invoice', async () => {
    for (const expiry of ['"2026-03-28T06:40:02..."', 'null', '17']) {
      const body = createdBody.replace('"2026-03-28T06:40:02.123456"', expiry);
      expect(await connected(answer(200, body)).account.createInvoice(request)).toMatchObject({
        outcome: 'created',
        expiresAt: null,
      });
    }
  });

  it.each([
    ['http://pay.teleport.ltd/bill/1', null],
    ['https://pay.teleport.ltd.evil.example/bill/1', null],
    ['https://user@pay.teleport.ltd/bill/1', null],
    ['javascript:alert(1)', null],
    ['http://127.0.0.1:8080/bill/1', null],
    ['https://gate.teleport.ltd/bill/1', 'https://gate.teleport.ltd/bill/1'],
  ])('a payment link to %s becomes %s', async (link, payUrl) => {
    const body = createdBody.replace(/https:[^"]*/, link);
    expect(await connected(answer(200, body)).account.createInvoice(request)).toMatchObject({ payUrl });
  });

  it('TP-5: crypto alone unless the owner opted in, and then there is a warning', async () => {
    const optedIn = teleportPayConfigSchema.parse({ ...config, paymentMethods: ['crypto', 'cards'] });
    const { sent, account } = connected(answer(200, createdBody), optedIn);
    await account.createInvoice(request);
    expect(JSON.parse(sent[0]?.body ?? '').payment_methods).toEqual(['crypto', 'cards']);
    const gateway = register(teleportPay);
    expect(gateway.warnings(optedIn)).toEqual(['chargebacks-not-reported']);
    expect(gateway.warnings(config)).toEqual([]);
    expect(teleportPay.capabilities.chargebacks).toBe(true);
  });

  it('cuts a long description between characters', async () => {
    const { sent, account } = connected(answer(200, createdBody));
    await account.createInvoice({ ...request, description: '☃😀'.repeat(200) });
    expect(Array.from(JSON.parse(sent[0]?.body ?? '').description)).toHaveLength(255);
    expect(JSON.parse(sent[0]?.body ?? '').description.isWellFormed()).toBe(true);
  });
});

describe('the account', () => {
  it('TP-1: there is nothing to read, find, cancel or refund', () => {
    const { account } = connected(answer(200, createdBody));
    expect(new Set(Object.keys(account))).toEqual(new Set(['check', 'createInvoice']));
    expect(teleportPay.capabilities).toMatchObject({ poll: 'none', cancel: false, refund: 'none' });
  });

  it('is live or test by its host', () => {
    expect(teleportPay.modeOf(config)).toBe('live');
    expect(teleportPay.modeOf({ ...config, baseUrl: 'http://127.0.0.1:1' })).toBe('test');
  });

  it.each([
    ['{"success": true, "name": "Shop", "status": "active", "webhook_url": "https://a.example/w/"}'],
    ['{"key": {"name": "Shop", "status": true, "webhook_url": "https://a.example/w/"}}'],
    ['{"success": true, "data": {"name": "Shop", "webhook_url": "https://a.example/w/"}}'],
  ])('check reads key/info in any wrapper: %s', async (body) => {
    const { sent, account } = connected(answer(200, body));
    expect(await account.check()).toEqual({
      outcome: 'ok',
      mode: 'unknown',
      identity: 'Shop',
      webhookUrl: 'https://a.example/w/',
    });
    expect(sent[0]).toMatchObject({
      method: 'GET',
      url: 'https://gate.teleport.ltd/api/crypto-acquiring/v1/key/info/',
    });
  });

  it.each(['{}', '{"success": true}', '{"data": {}, "status": []}', '{"key": "tk_1"}'])(
    'check takes %s for no answer',
    async (body) => {
      expect(await connected(answer(200, body)).account.check()).toEqual({
        outcome: 'unavailable',
        reason: 'answer-not-understood',
      });
    },
  );

  it('check tells a refused, an inactive and an unreachable key apart', async () => {
    const checked = (outcome: HttpOutcome) => connected(outcome).account.check();
    expect(await checked(answer(401, ''))).toEqual({ outcome: 'refused', reason: 'api-key-refused' });
    expect(await checked(answer(200, '{"status": "Disabled"}'))).toEqual({
      outcome: 'refused',
      reason: 'key-inactive',
    });
    expect(await checked(answer(200, '{"status": false}'))).toMatchObject({ outcome: 'refused' });
    expect(await checked({ outcome: 'ambiguous', reason: 'server-error', status: 500 })).toEqual({
      outcome: 'unavailable',
      reason: 'server-error',
    });
    expect(await checked({ outcome: 'unavailable', reason: 'dns' })).toEqual({
      outcome: 'unavailable',
      reason: 'dns',
    });
  });
});

describe('the other calls of the client', () => {
  const client = (body: string) => {
    const { sent, http } = network(answer(200, body));
    return { sent, client: createTeleportPayClient(config, http) };
  };

  it('lists the groups of payment methods', async () => {
    const groups = '[{"id": "crypto", "name": "Crypto", "allowed": true, "methods": [{"id": "btc"}]}]';
    const { client: calls } = client(`{"success": true, "groups": ${groups}}`);
    expect(await calls.paymentMethods()).toMatchObject({
      outcome: 'ok',
      value: [{ id: 'crypto', name: 'Crypto', allowed: true }],
    });
  });

  it.each([
    ['["USD", "eur", "USDT"]'],
    ['{"success": true, "crypto": ["USDT"], "fiat": ["USD", "EUR"]}'],
    ['{"currencies": [{"code": "USD", "name": "US dollar"}, {"currency": "EUR"}, {"id": "USDT"}]}'],
    [
      '{"data": {"fiat": [{"id": 1, "code": "USD"}, {"code": "EUR"}], "crypto": [{"id": "tether", "symbol": "₮", "ticker": "USDT"}]}}',
    ],
  ])('finds the currencies in %s', async (body) => {
    const { client: calls } = client(body);
    const currencies = await calls.currencies();
    expect(currencies.outcome === 'ok' && [...currencies.value].sort()).toEqual(['EUR', 'USD', 'USDT']);
  });

  it('updates the key only when asked to', async () => {
    const { sent, client: calls } = client('{"success": true, "webhook_url": "https://a.example/w/"}');
    expect((await calls.updateKey({ webhook_url: 'https://a.example/w/' })).outcome).toBe('ok');
    expect(sent[0]).toMatchObject({
      method: 'PATCH',
      url: 'https://gate.teleport.ltd/api/crypto-acquiring/v1/key/update/',
      body: '{"webhook_url":"https://a.example/w/"}',
    });
  });

  it('ends every path with a slash', async () => {
    const { sent, client: calls } = client('{}');
    await calls.paymentMethods();
    await calls.currencies();
    await calls.createInvoice({});
    await calls.keyInfo();
    await calls.updateKey({});
    expect(sent).toHaveLength(5);
    for (const { url } of sent) expect(url).toMatch(/\/$/);
  });
});
