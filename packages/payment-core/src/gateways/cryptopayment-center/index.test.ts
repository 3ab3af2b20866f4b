import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { invoiceIdSchema } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { parseDecimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { CreateInvoiceRequest, InvoiceHandle } from '../gateway.ts';
import { cryptoPaymentCenterConfigSchema } from './contract.ts';
import { cryptoPaymentCenter } from './index.ts';

const createdText = readFileSync(new URL('./fixtures/invoice.json', import.meta.url), 'utf8');
const sample = JSON.parse(createdText);
const start = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;

const config = cryptoPaymentCenterConfigSchema.parse({
  apiKey: 'pk_abc123',
  apiSecret: 'sk_xyz789',
  appKey: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
});

const answer = (status: number, body: unknown): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

/** The port, answering what `reply` says and remembering what was sent. */
const connected = (reply: (request: HttpRequest) => HttpOutcome) => {
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest): Promise<HttpOutcome> => {
    sent.push(request);
    return reply(request);
  };
  const clock = { now: () => start + 30 * minute + sent.length };
  // An account remembers by its configuration where its list was left.
  return { sent, account: cryptoPaymentCenter.connect({ ...config }, { http, clock, sandbox: false }) };
};

const money = (amount: string, currency = 'USD'): Money => ({
  amount: parseDecimal(amount)!,
  currency: parseCurrency(currency)!,
});

const request: CreateInvoiceRequest = {
  reference: '1042-1-a1b2c3d4e5f6',
  amount: money('50.00'),
  method: 'trc20',
  description: 'Order 1042',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/cryptopayment-center/acc',
  customerEmail: 'a@example.org',
  expiresInSeconds: 1_800,
};

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const handle = (n: number): InvoiceHandle => ({
  id: invoiceIdSchema.parse(`invoice-${String(n).padStart(16, '0')}`),
  reference: `order-${n}`,
  gatewayPaymentId: uuid(n),
  paymentRecords: [],
  quoted: money('50'),
  method: 'trc20',
  createdAt: start + n * minute,
  expiresAt: start + (n + 30) * minute,
});

/** Invoice number n, made n minutes after the start. */
const listed = (n: number, fields: object = {}) => ({
  ...sample.invoice,
  id: uuid(n),
  order_id: `order-${n}`,
  created_at: new Date(start + n * minute).toISOString(),
  ...fields,
});

/** A gateway that has the invoices 0 … count-1, newest first or in another order. */
const gatewayWith = (count: number, arrange = (ns: number[]) => ns.reverse()) => {
  const order = arrange(Array.from({ length: count }, (_, n) => n));
  return (call: HttpRequest): HttpOutcome => {
    const url = new URL(call.url);
    const page = url.searchParams.get('page');
    if (page === null) {
      const n = Number(url.pathname.slice(-12));
      return n < count ? answer(200, { success: true, invoice: listed(n) }) : answer(404, {});
    }
    const from = (Number(page) - 1) * 20;
    return answer(200, { success: true, invoices: order.slice(from, from + 20).map((n) => listed(n)) });
  };
};

const handles = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => handle(from + n));

describe('createInvoice', () => {
  it('asks once, in exact dollars, and gives link, address and coins of the answer', async () => {
    const { account, sent } = connected(() => answer(200, createdText));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: '550e8400-e29b-41d4-a716-446655440000',
      payUrl: 'https://cryptopayment.center/pay/550e8400-e29b-41d4-a716-446655440000',
      address: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
      payable: { amount: '50.00', currency: 'USDT', network: 'tron' },
      expiresAt: start + 30 * minute,
    });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: 'https://cryptopayment.center/api/v1/invoices',
        headers: {
          Authorization: 'Bearer pk_abc123:sk_xyz789',
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: '{"network":"trc20","amount_usd":50.00,"order_id":"1042-1-a1b2c3d4e5f6"}',
        retry: 'never',
      },
    ]);
  });

  it.each([
    ['another network than the five', { method: 'sol' }, 'method-unknown'],
    ['no network', { method: null }, 'method-unknown'],
    ['a network that every object has', { method: 'constructor' }, 'method-unknown'],
    ['no amount', { amount: null }, 'amount-missing'],
    ['CPC-8: another currency', { amount: money('50', 'EUR') }, 'currency-not-supported'],
    ['CPC-8: less than a cent in the amount', { amount: money('50.001') }, 'amount-too-fine'],
    ['less than a dollar', { amount: money('0.99') }, 'amount-too-small'],
  ])('refuses %s without asking', async (_what, fields, reason) => {
    const { account, sent } = connected(() => answer(200, createdText));
    expect(await account.createInvoice({ ...request, ...fields })).toEqual({ outcome: 'refused', reason });
    expect(sent).toEqual([]);
  });

  it.each([
    ['network', { network: 'bep20' }],
    ['amount', { amount_usd: 49.99 }],
    ['order', { order_id: 'another' }],
  ])('never shows a shopper an invoice for another %s', async (_what, fields) => {
    const { account } = connected(() =>
      answer(200, { ...sample, invoice: { ...sample.invoice, ...fields } }),
    );
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'ambiguous',
      reason: 'answer-not-as-asked',
    });
  });

  it('CPC-9: passes on an address only in the shape of its chain, a link only to the gateway', async () => {
    const made = async (address: unknown, link: unknown) => {
      const body = { ...sample, invoice: { ...sample.invoice, address }, checkout_url: link };
      const outcome = await connected(() => answer(200, body)).account.createInvoice(request);
      return outcome.outcome === 'created' ? [outcome.address, outcome.payUrl] : outcome;
    };
    const good = sample.invoice.address;
    expect(await made('0x00000000219ab540356cBB839Cbe05303d7705Fa', sample.checkout_url)).toEqual([
      null,
      sample.checkout_url,
    ]);
    expect(await made(`${good}?amount=1`, sample.checkout_url)).toEqual([null, sample.checkout_url]);
    expect(await made(good, 'https://cryptopayment.center.evil.example/pay/1')).toEqual([good, null]);
    expect(await made(good, null)).toEqual([good, null]);
    expect(await made(null, 'http://cryptopayment.center/pay/1')).toEqual({
      outcome: 'refused',
      reason: 'no-way-to-pay',
    });
  });

  it('reads refusals by status, a 200 that says no, and answers that say nothing', async () => {
    const made = async (outcome: HttpOutcome) => connected(() => outcome).account.createInvoice(request);
    expect(await made(answer(401, {}))).toEqual({ outcome: 'refused', reason: 'unauthorized' });
    expect(await made(answer(422, '<html>'))).toEqual({ outcome: 'refused', reason: 'invalid-request' });
    expect(await made(answer(200, { success: false, error: 'sk_xyz789' }))).toEqual({
      outcome: 'refused',
      reason: 'gateway-refused',
    });
    expect(await made(answer(200, '<html>'))).toEqual({ outcome: 'ambiguous', reason: 'answer-not-json' });
    expect(await made(answer(201, { success: true }))).toEqual({
      outcome: 'ambiguous',
      reason: 'answer-not-understood',
    });
    expect(await made({ outcome: 'ambiguous', reason: 'reset' })).toEqual({
      outcome: 'ambiguous',
      reason: 'reset',
    });
  });
});

describe('findInvoice', () => {
  it('CPC-14: finds our reference in the list, as far back as the attempt', async () => {
    const { account, sent } = connected(gatewayWith(60));
    const found = await account.findInvoice?.({ ...handle(25), gatewayPaymentId: null });
    expect(found).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: uuid(25),
      payUrl: null,
      address: sample.invoice.address,
    });
    expect(sent.map((call) => new URL(call.url).search)).toEqual(['?page=1', '?page=2']);
  });

  it('CPC-14: is absent once the list is older than the attempt, or has ended', async () => {
    const { account, sent } = connected(gatewayWith(200));
    expect(await account.findInvoice?.({ ...handle(170), reference: 'other' })).toEqual({
      outcome: 'absent',
    });
    // Number 160 ends the second page and is just ten minutes older than the attempt: not too old yet.
    expect(sent).toHaveLength(3);
    const short = connected(gatewayWith(5));
    expect(await short.account.findInvoice?.({ ...handle(2), reference: 'other' })).toEqual({
      outcome: 'absent',
    });
    expect(short.sent).toHaveLength(1);
  });

  it('does not adopt an invoice on another network or for another amount', async () => {
    const { account } = connected(gatewayWith(5));
    expect(await account.findInvoice?.({ ...handle(2), method: 'bep20' })).toEqual({ outcome: 'absent' });
    expect(await account.findInvoice?.({ ...handle(2), quoted: money('51') })).toEqual({ outcome: 'absent' });
  });

  it('goes through a list in another order, and does not call a search absent that came to no end', async () => {
    const oldestFirst = connected(gatewayWith(60, (ns) => ns));
    expect(await oldestFirst.account.findInvoice?.(handle(55))).toMatchObject({ gatewayPaymentId: uuid(55) });
    const endless = connected(() =>
      answer(200, { invoices: Array.from({ length: 20 }, (_, n) => listed(n)) }),
    );
    expect(await endless.account.findInvoice?.(handle(99))).toEqual({
      outcome: 'unavailable',
      reason: 'list-too-long',
    });
    const limited = connected(() => ({ outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 5 }));
    expect(await limited.account.findInvoice?.(handle(1))).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 5,
    });
  });
});

describe('readInvoices', () => {
  const readAll = async (reply: (call: HttpRequest) => HttpOutcome, asked: readonly InvoiceHandle[]) => {
    const { account, sent } = connected(reply);
    const outcome = await account.readInvoices?.(asked);
    if (outcome?.outcome !== 'read') throw new Error('not read');
    const singles = sent.filter((call) => !call.url.includes('page=')).length;
    return { facts: outcome.facts, unread: outcome.unread, pages: sent.length - singles, singles };
  };

  it('reads up to two invoices by their ids', async () => {
    const { facts, pages, singles } = await readAll(gatewayWith(10), handles(3, 5));
    expect([facts.size, pages, singles]).toEqual([2, 0, 2]);
    expect(facts.get(handle(3).id)?.[0]).toMatchObject({
      authority: 'api',
      gatewayPaymentId: uuid(3),
      reference: 'order-3',
      status: 'open',
    });
  });

  it('reads 10,000 open invoices in 500 pages', async () => {
    const { facts, pages, singles } = await readAll(gatewayWith(10_000), handles(0, 10_000));
    expect([facts.size, pages, singles]).toEqual([10_000, 500, 0]);
  });

  it('gives up on a list that is thinly set with what is asked, at half as many pages as invoices', async () => {
    const asked = [handle(100), handle(101), handle(102), handle(103)];
    const { facts, pages, singles } = await readAll(gatewayWith(1_000), asked);
    expect([facts.size, pages, singles]).toEqual([4, 2, 4]);
  });

  it('stops at what is older than the oldest asked, and reads what was missing by itself', async () => {
    const asked = [...handles(960, 990), handle(5_000)];
    const { facts, pages, singles } = await readAll(gatewayWith(1_000), asked);
    // The last one does not exist: absent, which is no fact.
    expect([facts.size, pages, singles]).toEqual([30, 3, 1]);
  });

  it('finds everything in a list of another order too, for more calls', async () => {
    const { facts } = await readAll(
      gatewayWith(300, (ns) => ns),
      handles(280, 300),
    );
    expect(facts.size).toBe(20);
  });

  it('does without the list where it cannot be read', async () => {
    const whole = gatewayWith(10);
    const { facts, singles } = await readAll(
      (call) => (call.url.includes('page=') ? answer(404, {}) : whole(call)),
      handles(0, 5),
    );
    expect([facts.size, singles]).toEqual([5, 5]);
  });

  it('gives every fact the time at which its own call began', async () => {
    const { facts } = await readAll(gatewayWith(40), handles(0, 40));
    const times = [39, 20, 19, 0].map((n) => facts.get(handle(n).id)?.[0]?.asOf);
    expect(times).toEqual([
      start + 30 * minute,
      start + 30 * minute,
      start + 30 * minute + 1,
      start + 30 * minute + 1,
    ]);
  });

  it('keeps what was read when a later call fails, and says what was not reached', async () => {
    const whole = gatewayWith(40);
    const { facts, unread } = await readAll(
      (call) =>
        call.url.endsWith('page=1') ? whole(call) : { outcome: 'unavailable', reason: 'rate-limited' },
      handles(0, 40),
    );
    expect([facts.size, unread?.size, unread?.has(handle(0).id), unread?.has(handle(39).id)]).toEqual([
      20,
      20,
      true,
      false,
    ]);
  });

  it('goes on where it was broken off, passes over a page that fails by itself, and comes around to it', async () => {
    const whole = gatewayWith(100);
    let broken: RegExp | undefined = /page=3$/;
    const { account, sent } = connected((call) =>
      broken?.test(call.url) || !call.url.includes('page=')
        ? { outcome: 'ambiguous', reason: 'server-error', status: 500 }
        : whole(call),
    );
    const pagesOf = async (asked: readonly InvoiceHandle[]) => {
      const before = sent.length;
      const outcome = await account.readInvoices?.(asked);
      const pages = sent.slice(before).flatMap((call) => new URL(call.url).searchParams.get('page') ?? []);
      return [pages.join(), outcome?.outcome === 'read' ? outcome.unread?.size : outcome?.outcome];
    };
    expect(await pagesOf(handles(0, 100))).toEqual(['1,2,3', 60]);
    expect(await pagesOf(handles(0, 60))).toEqual(['3', 'unavailable']);
    expect(await pagesOf(handles(0, 60))).toEqual(['4,5,6,1,2,3', 20]);
    broken = undefined;
    expect(await pagesOf(handles(40, 60))).toEqual(['3', undefined]);
    expect(await pagesOf(handles(60, 100))).toEqual(['1,2', undefined]);
  });

  it('reads fifty one by one where the list breaks off, and leaves the rest to the next read', async () => {
    const whole = gatewayWith(200);
    const { facts, singles, unread } = await readAll(
      (call) => (call.url.includes('page=') ? { outcome: 'unavailable', reason: 'not-sent' } : whole(call)),
      handles(0, 200),
    );
    expect([facts.size, singles, unread?.size]).toEqual([50, 50, 150]);
  });

  it('CPC-1: changes nothing when the gateway cannot be reached', async () => {
    const { account } = connected(() => ({ outcome: 'ambiguous', reason: 'timeout-after-send' }));
    expect(await account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'timeout-after-send',
    });
    const refused = connected(() => answer(401, {}));
    expect(await refused.account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'unauthorized',
    });
  });

  it('an invoice that the gateway no longer has is absent, not unread', async () => {
    const { facts, unread } = await readAll(gatewayWith(1), [handle(7)]);
    expect([facts.size, unread]).toEqual([0, undefined]);
  });
});

describe('cryptoPaymentCenter', () => {
  it('CPC-13: has no refund and no cancel, and never calls withdrawals', () => {
    const { account } = connected(() => answer(200, {}));
    expect([account.refund, account.cancelInvoice]).toEqual([undefined, undefined]);
    expect(cryptoPaymentCenter.capabilities).toMatchObject({
      refund: 'none',
      cancel: false,
      confirmByRead: 'required',
    });
  });

  it('checks the key by the balances', async () => {
    const { account, sent } = connected(() =>
      answer(200, { success: true, balances: { BTC: { available: 0.025, pending: 0 } } }),
    );
    expect(await account.check()).toEqual({ outcome: 'ok', mode: 'live', identity: null, webhookUrl: null });
    expect(sent[0]).toMatchObject({ method: 'GET', url: 'https://cryptopayment.center/api/v1/balances' });
    expect(await connected(() => answer(401, {})).account.check()).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
    expect(await connected(() => ({ outcome: 'unavailable', reason: 'dns' })).account.check()).toEqual({
      outcome: 'unavailable',
      reason: 'dns',
    });
  });
});
