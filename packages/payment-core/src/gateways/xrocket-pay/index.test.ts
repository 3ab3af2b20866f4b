import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { invoiceIdSchema } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { parseDecimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { CreateInvoiceRequest, InvoiceHandle } from '../gateway.ts';
import { xRocketPayConfigSchema } from './contract.ts';
import { xRocketPay } from './index.ts';

const createdAt = Date.UTC(2026, 5, 1, 12);
const apiKey = 'a1b2c3d4e5f6';

const answer = (status: number, body: unknown): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const success = (data: unknown): HttpOutcome => answer(200, { success: true, data });
const failure = (status: number, errors?: object[]): HttpOutcome =>
  answer(status, { success: false, message: `key ${apiKey}`, errors });

const listed = (n: number, fields: object = {}) => ({
  id: n,
  amount: 50,
  totalActivations: 1,
  currency: 'USDT',
  created: new Date(createdAt).toISOString(),
  status: 'active',
  expiredIn: 900,
  link: 'https://t.me/xrocket?start=inv_q1',
  payload: `order-${n}`,
  ...fields,
});
const page = (results: unknown[]) => success({ results, total: 0, limit: 0, offset: 0 });

/** The port, answering what `reply` says and remembering what was sent. */
const connected = (reply: (request: HttpRequest, url: URL) => HttpOutcome, sandbox = false) => {
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest): Promise<HttpOutcome> => {
    sent.push(request);
    return reply(request, new URL(request.url));
  };
  const config = xRocketPayConfigSchema.parse({ apiKey });
  const clock = { now: () => 1_000 + sent.length };
  return { sent, account: xRocketPay.connect(config, { http, clock, sandbox }) };
};

const money = (amount: string, currency: string): Money => ({
  amount: parseDecimal(amount)!,
  currency: parseCurrency(currency)!,
});

const request: CreateInvoiceRequest = {
  reference: 'order-1',
  amount: money('50.00', 'USDT'),
  method: null,
  description: 'Order 1',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/xrocket-pay/acc',
  customerEmail: null,
  expiresInSeconds: 900,
};

const handle = (n: number, gatewayPaymentId: string | null = String(n)): InvoiceHandle => ({
  id: invoiceIdSchema.parse(`invoice-${String(n).padStart(16, '0')}`),
  reference: `order-${n}`,
  gatewayPaymentId,
  paymentRecords: [],
  quoted: money('50.00', 'USDT'),
  method: null,
  createdAt,
  expiresAt: createdAt + 900_000,
});

describe('createInvoice', () => {
  it('XR-3, XR-1: asks for one payment of a fixed amount, as a number with the digits given', async () => {
    const { account, sent } = connected(() => answer(201, { success: true, data: listed(1) }));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: '1',
      payUrl: 'https://t.me/xrocket?start=inv_q1',
      address: null,
      payable: null,
      expiresAt: createdAt + 900_000,
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      // XR-7
      url: 'https://pay.xrocket.tg/tg-invoices',
      headers: { 'Rocket-Pay-Key': apiKey },
      retry: 'never',
      body: '{"amount":50.00,"numPayments":1,"currency":"USDT","description":"Order 1","commentsEnabled":false,"payload":"order-1","expiredIn":900,"callbackUrl":"https://shop.example/return"}',
    });
  });

  const sentBody = async (change: Partial<CreateInvoiceRequest>) => {
    const { account, sent } = connected(() => success(listed(1)));
    const outcome = await account.createInvoice({ ...request, ...change });
    return sent[0]?.body ?? (outcome.outcome === 'refused' ? outcome.reason : outcome.outcome);
  };

  it('XR-1: refuses what the gateway would cut, before anything is sent', async () => {
    expect(await sentBody({ amount: money('1.123456789', 'TON') })).toContain('"amount":1.123456789,');
    expect(await sentBody({ amount: money('1.1234567891', 'ETH') })).toBe('amount-too-fine');
    expect(await sentBody({ amount: money('0.00', 'USDT') })).toBe('amount-zero');
    expect(await sentBody({ amount: money('1000000', 'TRX') })).toContain('"amount":1000000,');
    expect(await sentBody({ amount: money('1000000.1', 'TRX') })).toBe('amount-too-large');
    expect(await sentBody({ amount: money('50', 'USD') })).toBe('currency-not-supported');
    expect(await sentBody({ amount: null })).toBe('amount-missing');
  });

  it('XR-2: TON goes out as TONCOIN', async () => {
    expect(await sentBody({ amount: money('20', 'TON') })).toContain('"currency":"TONCOIN"');
  });

  it('XR-5: asks for a day at most, and never for no expiry', async () => {
    expect(await sentBody({ expiresInSeconds: 86_401 })).toContain('"expiredIn":86400');
    for (const expiresInSeconds of [0, -1, 1.5, Number.NaN]) {
      expect(await sentBody({ expiresInSeconds })).toBe('expires-in-invalid');
    }
  });

  it('leaves out a way back that cannot be linked, and cuts a long description', async () => {
    expect(await sentBody({ returnUrl: `https://shop.example/${'x'.repeat(500)}` })).not.toContain(
      'callback',
    );
    expect(await sentBody({ returnUrl: 'javascript:alert(1)' })).not.toContain('callback');
    expect(await sentBody({ description: `${'x'.repeat(999)}😀` })).toContain(`"${'x'.repeat(999)}"`);
    expect(await sentBody({ reference: 'x'.repeat(4_001) })).toBe('payload-too-long');
  });

  it('names the property of an error and no other text of an answer', async () => {
    const reason = async (outcome: HttpOutcome) => {
      const made = await connected(() => outcome).account.createInvoice(request);
      return made.outcome === 'created' ? made.outcome : made.reason;
    };
    expect(await reason(failure(400, [{ property: 'amount', error: apiKey }]))).toBe('amount-invalid');
    expect(await reason(failure(400, [{ property: apiKey, error: 'x' }]))).toBe('http-400');
    expect(await reason(failure(400, [{ property: 'constructor', error: 'x' }]))).toBe('http-400');
    expect(await reason(failure(401))).toBe('unauthorized');
    expect(await reason(failure(200))).toBe('http-200');
    expect(await reason(success({}))).toBe('answer-not-understood');
    expect(await reason(success(listed(1, { link: 'https://xrocket.tg.evil.example/' })))).toBe(
      'no-way-to-pay',
    );
  });
});

describe('readInvoices', () => {
  it('reads a few one by one; a 404 is absent, which is no fact', async () => {
    const { account, sent } = connected((_call, { pathname }) =>
      pathname.endsWith('/2') ? failure(404) : success(listed(Number(pathname.split('/')[2]))),
    );
    const outcome = await account.readInvoices?.([handle(1), handle(2), handle(3), handle(4, null)]);
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/tg-invoices/1',
      '/tg-invoices/2',
      '/tg-invoices/3',
    ]);
    if (outcome?.outcome !== 'read') throw new Error('not read');
    expect([...outcome.facts.keys()]).toEqual([handle(1).id, handle(3).id]);
    expect(outcome.unread).toBeUndefined();
  });

  /** A history of `size` invoices, the newest first, a second apart. */
  const history = (size: number) => (_call: HttpRequest, url: URL) => {
    const single = Number(url.pathname.split('/')[2]);
    const at = (n: number) => ({ created: new Date(createdAt + n * 1_000).toISOString() });
    if (single) return single <= size ? success(listed(single, at(single))) : failure(404);
    const [limit, offset] = [Number(url.searchParams.get('limit')), Number(url.searchParams.get('offset'))];
    const numbers = Array.from({ length: size }, (_, n) => size - n).slice(offset, offset + limit);
    return page(numbers.map((n) => listed(n, at(n))));
  };

  it('reads 10,000 open invoices in 20 calls', async () => {
    const { account, sent } = connected(history(10_000));
    const outcome = await account.readInvoices?.(Array.from({ length: 10_000 }, (_, n) => handle(n + 1)));
    expect(outcome?.outcome === 'read' && outcome.facts.size).toBe(10_000);
    expect(sent.length / 10_000).toBeLessThanOrEqual(0.02);
    expect(sent).toHaveLength(20);
  });

  it('walks no further back than the invoices it was asked for, and reads singly what the list did not show', async () => {
    const { account, sent } = connected(history(5_000));
    const asked = Array.from({ length: 60 }, (_, n) => ({
      ...handle(4_941 + n),
      createdAt: createdAt + (4_941 + n) * 1_000,
    }));
    const gone = { ...handle(9_999), createdAt: createdAt + 4_990_000 };
    const outcome = await account.readInvoices?.([...asked, gone]);
    if (outcome?.outcome !== 'read') throw new Error('not read');
    expect(outcome.facts.size).toBe(60);
    expect(outcome.unread).toBeUndefined();
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/tg-invoices',
      '/tg-invoices',
      '/tg-invoices/9999',
    ]);
  });

  it('asks for smaller pages when a page is more than we read', async () => {
    const all = history(150);
    const { account, sent } = connected((call, url) =>
      Number(url.searchParams.get('limit')) > 100
        ? { outcome: 'ambiguous', reason: 'too-large' }
        : all(call, url),
    );
    const outcome = await account.readInvoices?.(Array.from({ length: 150 }, (_, n) => handle(n + 1)));
    expect(outcome?.outcome === 'read' && outcome.facts.size).toBe(150);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=500&offset=0',
      '?limit=100&offset=0',
      '?limit=100&offset=100',
    ]);
  });

  it('keeps what was read when a later call fails, and says what was not reached', async () => {
    const all = history(600);
    const { account } = connected((call, url) =>
      url.searchParams.get('offset') === '500'
        ? { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 9 }
        : all(call, url),
    );
    const outcome = await account.readInvoices?.(Array.from({ length: 600 }, (_, n) => handle(n + 1)));
    if (outcome?.outcome !== 'read') throw new Error('not read');
    expect([outcome.facts.size, outcome.unread?.size]).toEqual([500, 100]);
  });

  it('says when to come back where nothing was read', async () => {
    const limited: HttpOutcome = { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 9 };
    expect(await connected(() => limited).account.readInvoices?.([handle(1)])).toEqual(limited);
    expect(await connected(() => failure(401)).account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'unauthorized',
    });
  });

  it('takes no other invoice for the one asked for, and no unreadable one for all', async () => {
    const { account } = connected((_call, { pathname }) => {
      if (pathname.endsWith('/1')) return success(listed(7));
      return pathname.endsWith('/2') ? success({ id: 2 }) : success(listed(3));
    });
    const outcome = await account.readInvoices?.([handle(1), handle(2), handle(3)]);
    if (outcome?.outcome !== 'read') throw new Error('not read');
    expect([...outcome.facts.keys()]).toEqual([handle(3).id]);
    expect([...(outcome.unread ?? [])]).toEqual([handle(1).id, handle(2).id]);
  });
});

describe('findInvoice', () => {
  it('is absent only when the list was seen as far back as the attempt', async () => {
    const old = (n: number) => ({ created: new Date(createdAt - n * 60_000).toISOString() });
    const numbers = Array.from({ length: 500 }, (_, n) => listed(9_000 - n, old(n)));
    const { account, sent } = connected(() => page(numbers));
    expect(await account.findInvoice?.(handle(7, null))).toEqual({ outcome: 'absent' });
    expect(sent).toHaveLength(1);
    const newer = Array.from({ length: 500 }, (_, n) => listed(9_000 + n));
    expect(await connected(() => page(newer)).account.findInvoice?.(handle(7, null))).toEqual({
      outcome: 'unavailable',
      reason: 'list-too-long',
    });
    expect(await connected(() => failure(500)).account.findInvoice?.(handle(7, null))).toMatchObject({
      outcome: 'unavailable',
    });
  });
});

describe('cancelInvoice', () => {
  it('is canceled only when the gateway says so', async () => {
    const cancel = async (outcome: HttpOutcome) =>
      (await connected(() => outcome).account.cancelInvoice?.(handle(1)))?.outcome;
    expect(await cancel(answer(200, { success: true }))).toBe('canceled');
    expect(await cancel(answer(200, { success: false }))).toBe('refused');
    expect(await cancel(failure(404))).toBe('refused');
    expect(await cancel(answer(200, ''))).toBe('ambiguous');
    const { account, sent } = connected(() => answer(200, { success: true }));
    await account.cancelInvoice?.(handle(1));
    expect(sent[0]).toMatchObject({ method: 'DELETE', retry: 'never' });
    expect(await account.cancelInvoice?.(handle(1, null))).toMatchObject({ outcome: 'refused' });
  });
});

describe('check', () => {
  it('proves the key, and that the settlement currency can be asked for', async () => {
    const world = (currency: string) =>
      connected((_call, { pathname }) =>
        pathname === '/app/info'
          ? success({ name: 'My shop', feePercents: 1.5, balances: [] })
          : success({ results: [{ currency, name: currency, minInvoice: 0.01 }] }),
      );
    expect(await world('USDT').account.check()).toEqual({
      outcome: 'ok',
      mode: 'live',
      identity: 'My shop',
      webhookUrl: null,
    });
    expect(await world('TONCOIN').account.check()).toMatchObject({ outcome: 'refused' });
    expect(await connected(() => failure(401)).account.check()).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
  });
});
