import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { invoiceIdSchema } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { parseDecimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { CreateInvoiceRequest, InvoiceHandle } from '../gateway.ts';
import { register } from '../registry.ts';
import { cryptoPayConfigSchema } from './contract.ts';
import { cryptoPay } from './index.ts';

const invoice = JSON.parse(readFileSync(new URL('./fixtures/fiat-invoice.json', import.meta.url), 'utf8'));
const token = `12345:${'A'.repeat(35)}`;
const createdAt = Date.UTC(2026, 4, 15, 10, 20, 58);

const answer = (status: number, body: unknown): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const result = (value: unknown): HttpOutcome => answer(200, { ok: true, result: value });
const failure = (name: string, status = 400): HttpOutcome =>
  answer(status, { ok: false, error: { code: status, name } });

/** The port, answering what `reply` says and remembering what was sent. */
const connected = (reply: (request: HttpRequest) => HttpOutcome, config: object = {}, sandbox = false) => {
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest): Promise<HttpOutcome> => {
    sent.push(request);
    return reply(request);
  };
  const settings = cryptoPayConfigSchema.parse({ token, ...config });
  return {
    sent,
    account: cryptoPay.connect(settings, { http, clock: { now: () => 1_000 + sent.length }, sandbox }),
  };
};

const bodyOf = (request: HttpRequest | undefined): Record<string, unknown> =>
  JSON.parse(request?.body ?? '{}');

const money = (amount: string, currency: string): Money => ({
  amount: parseDecimal(amount)!,
  currency: parseCurrency(currency)!,
});

const request: CreateInvoiceRequest = {
  reference: '1042-1-a1b2c3d4e5f6',
  amount: money('9.99', 'USD'),
  method: null,
  description: 'Order 1042',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/crypto-pay/acc',
  customerEmail: 'a@example.org',
  expiresInSeconds: 900,
};

const handle = (n: number, gatewayPaymentId: string | null = String(n)): InvoiceHandle => ({
  id: invoiceIdSchema.parse(`invoice-${String(n).padStart(16, '0')}`),
  reference: `order-${n}`,
  gatewayPaymentId,
  paymentRecords: [],
  quoted: money('9.99', 'USD'),
  method: null,
  createdAt,
  expiresAt: createdAt + 900_000,
});

describe('createInvoice', () => {
  it('sends the reference as payload, an explicit expiry and the exact amount, once', async () => {
    const { account, sent } = connected(() => result(invoice), { acceptedAssets: ['TON', 'USDT'] });
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: '528348',
      payUrl: 'https://app.send.tg/invoices/IVu7q2Qd0PzX',
      address: null,
      payable: null,
      expiresAt: Date.UTC(2026, 4, 15, 10, 36),
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://pay.crypt.bot/api/createInvoice',
      headers: { 'Crypto-Pay-API-Token': token },
      retry: 'never',
    });
    expect(bodyOf(sent[0])).toEqual({
      currency_type: 'fiat',
      fiat: 'USD',
      accepted_assets: 'TON,USDT',
      amount: '9.99',
      description: 'Order 1042',
      payload: '1042-1-a1b2c3d4e5f6',
      paid_btn_name: 'callback',
      paid_btn_url: 'https://shop.example/return',
      expires_in: 900,
    });
  });

  it('asks for an asset by its code alone (CP-13)', async () => {
    const { account, sent } = connected(() => result(invoice));
    await account.createInvoice({ ...request, amount: { ...money('1.5', 'USDT'), network: 'tron' } });
    expect(bodyOf(sent[0])).toMatchObject({ currency_type: 'crypto', asset: 'USDT', amount: '1.5' });
    expect(bodyOf(sent[0])).not.toHaveProperty('accepted_assets');
  });

  it.each([0, -1, 2_678_401, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'CP-8: an expiry of %s seconds is refused before anything is sent',
    async (expiresInSeconds) => {
      const { account, sent } = connected(() => result(invoice));
      expect(await account.createInvoice({ ...request, expiresInSeconds })).toEqual({
        outcome: 'refused',
        reason: 'expires-in-invalid',
      });
      expect(sent).toEqual([]);
    },
  );

  it('CP-8: EXPIRES_IN_INVALID may have made an invoice, other errors have not', async () => {
    const invalid = connected(() => failure('EXPIRES_IN_INVALID'));
    expect(await invalid.account.createInvoice(request)).toEqual({
      outcome: 'ambiguous',
      reason: 'expires-in-invalid',
    });
    const amount = connected(() => failure('AMOUNT_TOO_SMALL'));
    expect(await amount.account.createInvoice(request)).toEqual({
      outcome: 'refused',
      reason: 'amount-too-small',
    });
  });

  it('reads errors with name or message, in a 200 too, and no other text of theirs', async () => {
    const reason = async (outcome: HttpOutcome) => {
      const created = await connected(() => outcome).account.createInvoice(request);
      return created.outcome === 'created' ? created.outcome : created.reason;
    };
    expect(await reason(answer(200, { ok: false, error: { code: 400, name: 'ASSET_INVALID' } }))).toBe(
      'asset-invalid',
    );
    expect(await reason(answer(400, { ok: false, error: { message: 'PARAM_2_INVALID' } }))).toBe(
      'param-2-invalid',
    );
    expect(await reason(answer(403, { ok: false, error: { name: `token ${token} is bad` } }))).toBe(
      'http-403',
    );
    expect(await reason(answer(404, '<html>'))).toBe('http-404');
    expect(await reason(answer(200, '<html>'))).toBe('answer-not-json');
    expect(await reason(answer(200, { ok: true, result: true }))).toBe('answer-not-understood');
  });

  it('CP-9: after a time-out the outcome is not known', async () => {
    const { account, sent } = connected(() => ({ outcome: 'ambiguous', reason: 'timeout-after-send' }));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'ambiguous',
      reason: 'timeout-after-send',
    });
    expect(sent).toHaveLength(1);
  });

  it('counts the payload in bytes', async () => {
    const { account, sent } = connected(() => result(invoice));
    const outcome = await account.createInvoice({ ...request, reference: 'ü'.repeat(2_049) });
    expect(outcome).toEqual({ outcome: 'refused', reason: 'payload-too-long' });
    expect(sent).toEqual([]);
  });

  it('cuts a long description between characters', async () => {
    const { account, sent } = connected(() => result(invoice));
    await account.createInvoice({ ...request, description: `${'x'.repeat(1_023)}😀` });
    expect(bodyOf(sent[0]).description).toBe('x'.repeat(1_023));
  });

  it('CP-15: the way back is a button, and only to a link that may be opened', async () => {
    const button = async (returnUrl: string, sandbox: boolean) => {
      const { account, sent } = connected(() => result(invoice), {}, sandbox);
      await account.createInvoice({ ...request, returnUrl });
      return bodyOf(sent[0]).paid_btn_url;
    };
    expect(await button('http://127.0.0.1:3000/return', true)).toBe('http://127.0.0.1:3000/return');
    expect(await button('http://127.0.0.1:3000/return', false)).toBeUndefined();
    expect(await button('javascript:alert(1)', true)).toBeUndefined();
  });

  it("sends a shopper only to the gateway's own hosts", async () => {
    const link = async (links: object) => {
      const created = await connected(() => result({ ...invoice, ...links })).account.createInvoice(request);
      return created.outcome === 'created' ? created.payUrl : created.reason;
    };
    const none = {
      web_app_invoice_url: null,
      mini_app_invoice_url: null,
      bot_invoice_url: null,
      pay_url: null,
    };
    expect(await link({ web_app_invoice_url: 'https://app.send.tg.evil.example/x' })).toBe(
      'https://t.me/CryptoBot/app?startapp=invoice-IVu7q2Qd0PzX',
    );
    expect(await link({ ...none, pay_url: 'https://crypto-pay.io/invoice/1' })).toBe(
      'https://crypto-pay.io/invoice/1',
    );
    expect(await link({ ...none, pay_url: 'http://t.me/CryptoBot?start=1' })).toBe('no-way-to-pay');
    expect(await link(none)).toBe('no-way-to-pay');
  });
});

describe('findInvoice', () => {
  const listed = (n: number, created: number, status: string) => ({
    ...invoice,
    invoice_id: n,
    payload: `order-${n}`,
    created_at: new Date(created).toISOString(),
    status,
  });

  it('CP-9: finds our payload among the active invoices, then among the paid ones', async () => {
    const { account, sent } = connected((call) => {
      const { status } = bodyOf(call);
      return result({
        items: status === 'paid' ? [listed(8, createdAt, 'paid'), listed(7, createdAt, 'paid')] : [],
      });
    });
    expect(await account.findInvoice?.(handle(7, null))).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: '7',
    });
    expect(sent.map((call) => bodyOf(call).status)).toEqual(['active', 'paid']);
    expect(sent.every((call) => call.retry === 'safe')).toBe(true);
  });

  it('is absent only when both lists were seen as far back as the attempt', async () => {
    const page = Array.from({ length: 100 }, (_, n) => listed(1_000 - n, createdAt - n * 60_000, 'active'));
    const { account, sent } = connected(() => result({ items: page }));
    expect(await account.findInvoice?.(handle(7, null))).toEqual({ outcome: 'absent' });
    expect(sent).toHaveLength(2);
  });

  it('goes on while the order of the list says nothing about age', async () => {
    const page = Array.from({ length: 100 }, (_, n) => listed(n + 10, createdAt - 86_400_000 + n, 'active'));
    const { account, sent } = connected((call) => result({ items: bodyOf(call).offset === 200 ? [] : page }));
    expect(await account.findInvoice?.(handle(7, null))).toEqual({ outcome: 'absent' });
    expect(sent.map((call) => bodyOf(call).offset)).toEqual([0, 100, 200, 0, 100, 200]);
  });

  it('does not call a search absent that came to no end', async () => {
    const page = Array.from({ length: 100 }, (_, n) => listed(n + 10, createdAt + n, 'active'));
    const { account } = connected(() => result({ items: page }));
    expect(await account.findInvoice?.(handle(7, null))).toEqual({
      outcome: 'unavailable',
      reason: 'list-too-long',
    });
    const down = connected(() => ({ outcome: 'ambiguous', reason: 'server-error', status: 500 }));
    expect(await down.account.findInvoice?.(handle(7, null))).toEqual({
      outcome: 'unavailable',
      reason: 'server-error',
    });
  });
});

describe('readInvoices', () => {
  const read = (ids: string) =>
    result({ items: ids.split(',').map((id) => ({ ...invoice, invoice_id: Number(id) })) });

  it('CP-7: asks by ids, always with a count, and makes nothing of an absent one', async () => {
    const { account, sent } = connected(() => read('1,3,99'));
    const outcome = await account.readInvoices?.([handle(1), handle(2), handle(3), handle(4, null)]);
    expect(bodyOf(sent[0])).toEqual({ invoice_ids: '1,2,3', offset: 0, count: 1_000 });
    expect(outcome?.outcome === 'read' && [...outcome.facts.keys()]).toEqual([handle(1).id, handle(3).id]);
    expect(outcome?.outcome === 'read' && [outcome.quiet.size, outcome.unread]).toEqual([0, undefined]);
  });

  it('reads 1,200 invoices in two calls, each fact as old as its own call', async () => {
    const { account, sent } = connected((call) => read(String(bodyOf(call).invoice_ids)));
    const handles = Array.from({ length: 1_200 }, (_, n) => handle(n + 1));
    const outcome = await account.readInvoices?.(handles);
    expect(sent.map((call) => String(bodyOf(call).invoice_ids).split(',').length)).toEqual([1_000, 200]);
    if (outcome?.outcome !== 'read') throw new Error('not read');
    expect(outcome.facts.size).toBe(1_200);
    expect([1, 1_000, 1_200].map((n) => outcome.facts.get(handle(n).id)?.[0]?.asOf)).toEqual([
      1_000, 1_000, 1_001,
    ]);
  });

  it('asks for fewer once an answer was more than we read', async () => {
    const sizeOf = (call: HttpRequest): number => String(bodyOf(call).invoice_ids).split(',').length;
    const { account, sent } = connected((call) =>
      sizeOf(call) > 100
        ? { outcome: 'ambiguous', reason: 'too-large' }
        : read(String(bodyOf(call).invoice_ids)),
    );
    const outcome = await account.readInvoices?.(Array.from({ length: 150 }, (_, n) => handle(n + 1)));
    expect(sent.map(sizeOf)).toEqual([150, 100, 50]);
    expect(outcome?.outcome === 'read' && [outcome.facts.size, outcome.unread]).toEqual([150, undefined]);
  });

  it('gives up where even few are too much', async () => {
    const { account, sent } = connected(() => ({ outcome: 'ambiguous', reason: 'too-large' }));
    expect(await account.readInvoices?.([handle(1)])).toMatchObject({ outcome: 'unavailable' });
    expect(sent).toHaveLength(1);
  });

  it('keeps what was read when a later call fails, and says what was not reached', async () => {
    let calls = 0;
    const { account } = connected((call) => {
      calls += 1;
      return calls === 2
        ? { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 9 }
        : read(String(bodyOf(call).invoice_ids));
    });
    const outcome = await account.readInvoices?.(Array.from({ length: 1_001 }, (_, n) => handle(n + 1)));
    expect(outcome?.outcome === 'read' && [outcome.facts.size, [...(outcome.unread ?? [])]]).toEqual([
      1_000,
      [handle(1_001).id],
    ]);
  });

  it('says when to come back where nothing was read', async () => {
    const { account } = connected(() => ({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 9,
    }));
    expect(await account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 9,
    });
    const other = connected(() => failure('UNAUTHORIZED', 401));
    expect(await other.account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'unauthorized',
    });
  });

  it('one unreadable invoice does not hide the others; a bare array is read too', async () => {
    const { account } = connected(() =>
      result([{ ...invoice, invoice_id: 1, amount: 'much' }, { ...invoice, invoice_id: 2 }, null]),
    );
    const outcome = await account.readInvoices?.([handle(1), handle(2)]);
    expect(outcome?.outcome === 'read' && [...outcome.facts.keys()]).toEqual([handle(2).id]);
  });
});

describe('cancelInvoice', () => {
  it('is canceled only when the gateway says true', async () => {
    const cancel = async (outcome: HttpOutcome) =>
      (await connected(() => outcome).account.cancelInvoice?.(handle(1)))?.outcome;
    expect(await cancel(result(true))).toBe('canceled');
    expect(await cancel(result(false))).toBe('ambiguous');
    expect(await cancel(failure('INVOICE_NOT_FOUND'))).toBe('refused');
    expect(await cancel({ outcome: 'ambiguous', reason: 'reset' })).toBe('ambiguous');
  });

  it('sends an id above 2^53 with its digits, once', async () => {
    const { account, sent } = connected(() => result(true));
    await account.cancelInvoice?.(handle(1, '9007199254740993'));
    expect([sent[0]?.body, sent[0]?.retry]).toEqual(['{"invoice_id":9007199254740993}', 'never']);
    expect(await account.cancelInvoice?.(handle(1, null))).toEqual({
      outcome: 'refused',
      reason: 'gateway-id-unknown',
    });
  });
});

describe('check', () => {
  const me = (fields: object) =>
    connected(() =>
      result({ app_id: 12345, name: 'Shop', payment_processing_bot_username: 'CryptoBot', ...fields }),
    );

  it('CP-14: getMe names the app and its world', async () => {
    expect(await me({ webhook_endpoint: 'https://pay.example/w' }).account.check()).toEqual({
      outcome: 'ok',
      mode: 'live',
      identity: '12345',
      webhookUrl: 'https://pay.example/w',
    });
    expect(await me({ payment_processing_bot_username: 'CryptoTestnetBot' }).account.check()).toMatchObject({
      mode: 'test',
    });
    expect(await me({ payment_processing_bot_username: 'OtherBot' }).account.check()).toMatchObject({
      mode: 'unknown',
    });
  });

  it('CP-14: another app than the token names is refused', async () => {
    expect(await me({ app_id: 1234 }).account.check()).toEqual({
      outcome: 'refused',
      reason: 'app-id-mismatch',
    });
    expect(await connected(() => failure('UNAUTHORIZED', 401)).account.check()).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
  });
});

describe('cryptoPay', () => {
  it('CP-11: has no refund', () => {
    expect(cryptoPay.capabilities.refund).toBe('none');
    expect(connected(() => result(true)).account.refund).toBeUndefined();
  });

  it('CP-14: is live or test by its host, never by a label', () => {
    const { modeOf } = register(cryptoPay);
    expect(modeOf({ token })).toBe('live');
    expect(modeOf({ token, testnet: true })).toBe('test');
    expect(modeOf({ token, testnet: true, baseUrl: 'https://pay.crypt.bot/api' })).toBe('live');
    expect(modeOf({ token, baseUrl: 'http://127.0.0.1:1/api' })).toBe('test');
  });

  it('refuses tokens that would break the header', () => {
    for (const bad of ['', ' ', '1:A\r\nX: y', '1:é', 12345, undefined]) {
      expect(register(cryptoPay).readConfig({ token: bad })).toEqual({ ok: false, reason: 'config-token' });
    }
  });
});
