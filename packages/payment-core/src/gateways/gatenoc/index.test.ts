import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { invoiceIdSchema } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { parseDecimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import type { CreateInvoiceRequest, InvoiceHandle, RefundRequest } from '../gateway.ts';
import { gatenocConfigSchema } from './contract.ts';
import { gatenoc } from './index.ts';

const createdAt = Date.UTC(2026, 2, 24, 11, 50);
const config = gatenocConfigSchema.parse({ merchantId: 17, apiKey: 'pk_live_1', webhookSecret: 'whsec_1' });

const answer = (status: number, body: unknown): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

/** The port, answering what `reply` says and remembering what was sent. */
const connected = (reply: (request: HttpRequest) => HttpOutcome, sandbox = false) => {
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest): Promise<HttpOutcome> => {
    sent.push(request);
    return reply(request);
  };
  const clock = { now: () => createdAt + 600_000 + sent.length };
  return { sent, account: gatenoc.connect(config, { http, clock, sandbox }) };
};

const money = (amount: string, currency = 'USD'): Money => ({
  amount: parseDecimal(amount)!,
  currency: parseCurrency(currency)!,
});

const request: CreateInvoiceRequest = {
  reference: '1042-1-a1b2c3d4e5f6',
  amount: money('10.50'),
  method: null,
  description: 'Order 1042',
  returnUrl: 'https://shop.example/thanks',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/gatenoc/acc',
  customerEmail: 'a@example.org',
  expiresInSeconds: 1_800,
};

const session = {
  checkout_url: 'https://gatenoc.com/checkout?cs=abc',
  invoice_url: 'https://gatenoc.com/checkout?cs=abc',
  expires_at: '2026-03-24T12:20:00+00:00',
};

const handle = (n: number, paymentRecords: readonly string[] = []): InvoiceHandle => ({
  id: invoiceIdSchema.parse(`invoice-${String(n).padStart(16, '0')}`),
  reference: `order-${n}`,
  gatewayPaymentId: null,
  paymentRecords,
  quoted: money('10.50'),
  method: null,
  createdAt: createdAt + n * 1_000,
  expiresAt: createdAt + n * 1_000 + 1_800_000,
});

interface Paid {
  readonly id: number;
  readonly note?: string | null;
  readonly [field: string]: unknown;
}

const payment = (paid: Paid) => ({
  status: 'completed',
  amount: '10.50',
  total_amount: '10.50',
  currency: 'USD',
  paid_at: new Date(createdAt + paid.id * 1_000).toISOString(),
  ...paid,
});

/** A gateway with these payments, 100 a page, newest first. */
const gatewayWith = (payments: readonly Paid[]) => {
  const all = payments.map(payment);
  return (call: HttpRequest): HttpOutcome => {
    const url = new URL(call.url);
    const one = /\/payments\/(\d+)$/.exec(url.pathname);
    if (one) {
      const found = all.find(({ id }) => String(id) === one[1]);
      return found ? answer(200, found) : answer(404, {});
    }
    const page = Number(url.searchParams.get('page'));
    const data = [...all].reverse().slice((page - 1) * 100, page * 100);
    return answer(200, { data, current_page: page, total: all.length });
  };
};

const read = async (reply: (call: HttpRequest) => HttpOutcome, handles: readonly InvoiceHandle[]) => {
  const { account, sent } = connected(reply);
  const outcome = await account.readInvoices?.(handles);
  if (outcome?.outcome !== 'read') throw new Error('not read');
  return { ...outcome, sent };
};

describe('createInvoice', () => {
  it('GN-2, GN-11, GN-12: sends note, exact amount, one authentication and a key that names the amount', async () => {
    const { account, sent } = connected(() => answer(200, session));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: null,
      payUrl: 'https://gatenoc.com/checkout?cs=abc',
      address: null,
      payable: null,
      expiresAt: Date.UTC(2026, 2, 24, 12, 20),
    });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: 'https://gatenoc.com/api/v1/merchant/checkout-session',
        headers: {
          merchant: '17',
          Authorization: 'Bearer pk_live_1',
          Accept: 'application/json',
          'Content-Type': 'application/json',
          'Idempotency-Key': '1042-1-a1b2c3d4e5f6-10.50',
        },
        body: '{"amount":10.50,"note":"1042-1-a1b2c3d4e5f6","notify_url":"https://pay.example/webhooks/gatenoc/acc","success_url":"https://shop.example/thanks"}',
        retry: 'safe',
      },
    ]);
  });

  it('GN-11: after a price change the key is another one', async () => {
    const { account, sent } = connected(() => answer(200, session));
    await account.createInvoice(request);
    await account.createInvoice({ ...request, amount: money('11.00') });
    const [first, second] = sent.map((call) => call.headers['Idempotency-Key']);
    expect(first).not.toBe(second);
  });

  it('GN-1: the key is sent only to an https URL of ours, or to this machine in a sandbox', async () => {
    const made = async (webhookUrl: string, sandbox: boolean) => {
      const { account, sent } = connected(() => answer(200, session), sandbox);
      const outcome = await account.createInvoice({ ...request, webhookUrl });
      return [outcome.outcome, sent.length];
    };
    expect(await made('http://pay.example/webhooks', true)).toEqual(['refused', 0]);
    expect(await made('http://127.0.0.1:8080/webhooks', false)).toEqual(['refused', 0]);
    expect(await made('not a url', true)).toEqual(['refused', 0]);
    expect(await made('https://user:pass@pay.example/webhooks', false)).toEqual(['refused', 0]);
    expect(await made('http://127.0.0.1:8080/webhooks', true)).toEqual(['created', 1]);
  });

  it.each([
    ['no amount', { amount: null }, 'amount-missing'],
    ['another currency', { amount: money('10.50', 'EUR') }, 'currency-not-supported'],
    ['nothing', { amount: money('0.00') }, 'amount-zero'],
    ['less than a cent in the amount', { amount: money('10.505') }, 'amount-too-fine'],
  ])('refuses %s without asking', async (_what, fields, reason) => {
    const { account, sent } = connected(() => answer(200, session));
    expect(await account.createInvoice({ ...request, ...fields })).toEqual({ outcome: 'refused', reason });
    expect(sent).toEqual([]);
  });

  it('sends a shopper only to the gateway', async () => {
    const made = async (links: object) => {
      const outcome = await connected(() => answer(200, { ...session, ...links })).account.createInvoice(
        request,
      );
      return outcome.outcome === 'created' ? outcome.payUrl : outcome;
    };
    expect(await made({ checkout_url: undefined })).toBe('https://gatenoc.com/checkout?cs=abc');
    for (const url of [
      'https://gatenoc.com.evil.example/x',
      'http://gatenoc.com/x',
      'javascript:alert(1)',
      '',
    ]) {
      expect(await made({ checkout_url: url })).toEqual({ outcome: 'refused', reason: 'no-way-to-pay' });
    }
  });

  it('leaves out a success_url that is not https', async () => {
    const { account, sent } = connected(() => answer(200, session));
    await account.createInvoice({ ...request, returnUrl: 'http://shop.example/thanks' });
    expect(sent[0]?.body).not.toContain('success_url');
  });

  it('reads refusals by status, and answers that say nothing', async () => {
    const made = async (outcome: HttpOutcome) => connected(() => outcome).account.createInvoice(request);
    expect(await made(answer(401, {}))).toEqual({ outcome: 'refused', reason: 'unauthorized' });
    expect(await made(answer(422, { message: 'pk_live_1' }))).toEqual({
      outcome: 'refused',
      reason: 'invalid-request',
    });
    expect(await made(answer(200, '[]'))).toEqual({ outcome: 'ambiguous', reason: 'answer-not-understood' });
    expect(await made({ outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 7 })).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 7,
    });
  });
});

describe('readInvoices', () => {
  it('GN-2: finds payments by their exact note, then reads each alone', async () => {
    const reply = gatewayWith([
      { id: 40, note: 'order-10' },
      { id: 41, note: 'Order-1' },
      { id: 42, note: 'order-1' },
      { id: 43, note: null },
    ]);
    const { facts, quiet, sent } = await read(reply, [handle(1), handle(2)]);
    expect(facts.get(handle(1).id)).toMatchObject([
      { authority: 'api', reference: 'order-1', paymentRecord: '42', status: 'paid', final: true },
    ]);
    expect([...quiet]).toEqual([handle(2).id]);
    expect(sent.map((call) => new URL(call.url).pathname.split('/').at(-1))).toEqual(['payments', '42']);
    expect(new URL(sent[0]?.url ?? '').search).toBe('?from=2026-03-23&per_page=100&page=1');
  });

  it('GN-4: goes through every page, and the time of a fact is that of its own call', async () => {
    const others = Array.from({ length: 250 }, (_, n) => ({ id: n + 2, note: `foreign-${n}` }));
    const { facts, quiet, sent } = await read(gatewayWith([{ id: 1, note: 'order-1' }, ...others]), [
      handle(1),
      handle(2),
    ]);
    expect(sent).toHaveLength(4);
    expect(facts.get(handle(1).id)?.[0]?.asOf).toBe(createdAt + 600_000 + 3);
    expect([...quiet]).toEqual([handle(2).id]);
  });

  it('GN-7: gives both payments of one note, the first one first', async () => {
    const { facts } = await read(
      gatewayWith([
        { id: 42, note: 'order-1' },
        { id: 43, note: 'order-1' },
      ]),
      [handle(1)],
    );
    expect(facts.get(handle(1).id)?.map((fact) => fact.paymentRecord)).toEqual(['42', '43']);
  });

  it('reads a known payment again by its id, also when the list has forgotten it', async () => {
    const reply = gatewayWith([{ id: 42, note: null, status: 'refunded' }]);
    const { facts } = await read(reply, [handle(1, ['42'])]);
    expect(facts.get(handle(1).id)).toMatchObject([
      { reference: 'order-1', paymentRecord: '42', status: 'unknown', wireStatus: 'refunded' },
    ]);
  });

  it('a payment that answers for another note is a mismatch for the reducer to see', async () => {
    const { facts } = await read(gatewayWith([{ id: 42, note: 'order-9' }]), [handle(1, ['42'])]);
    expect(facts.get(handle(1).id)?.[0]?.reference).toBe('order-9');
  });

  it('says nothing about absence after a look that was not complete', async () => {
    const first = payment({ id: 1, note: 'x' });
    const repeating = () => answer(200, { data: [first], current_page: 1, total: 2 });
    const short = () => answer(200, { data: [], current_page: 1, total: 3 });
    const noteless = () => answer(200, { data: [{ id: 1, status: 'completed' }], current_page: 1, total: 1 });
    for (const reply of [repeating, short, noteless]) {
      const { facts, quiet, unread } = await read(reply, [handle(1)]);
      expect([facts.size, quiet.size, unread?.size]).toEqual([0, 0, 0]);
    }
  });

  it('keeps what was read when a later call fails, and says what was not reached', async () => {
    const whole = gatewayWith([
      { id: 42, note: 'order-1' },
      { id: 43, note: 'order-2' },
    ]);
    const { facts, quiet, unread } = await read(
      (call) => (call.url.endsWith('/43') ? { outcome: 'unavailable', reason: 'rate-limited' } : whole(call)),
      [handle(1), handle(2), handle(3)],
    );
    expect([[...facts.keys()], [...quiet], [...(unread ?? [])]]).toEqual([
      [handle(1).id],
      [handle(3).id],
      [handle(2).id],
    ]);
  });

  it('is unavailable when the list cannot be read, and takes no other payment for the one it asked for', async () => {
    const { account } = connected(() => ({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 7,
    }));
    expect(await account.readInvoices?.([handle(1)])).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 7,
    });
    const mixed = connected((call) =>
      call.url.endsWith('/42') ? answer(200, payment({ id: 41, note: 'order-1' })) : answer(500, {}),
    );
    expect(await mixed.account.readInvoices?.([handle(1, ['42'])])).toEqual({
      outcome: 'unavailable',
      reason: 'answer-not-as-asked',
    });
  });
});

describe('refund', () => {
  const ask: RefundRequest = {
    payment: '42',
    amount: parseDecimal('3.10')!,
    reason: 'Returned',
    idempotencyKey: '1042-1-r1',
  };

  it('GN-5: sends the exact decimal once', async () => {
    const { account, sent } = connected(() => answer(201, { refund_id: 7, status: 'completed' }));
    expect(await account.refund?.(ask)).toEqual({ outcome: 'done', refundId: '7' });
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://gatenoc.com/api/v1/merchant/payments/42/refund',
      body: '{"amount":3.10,"reason":"Returned"}',
      retry: 'never',
    });
  });

  it('GN-5: a lost or unreadable answer is ambiguous, never repeated', async () => {
    for (const lost of [
      { outcome: 'ambiguous', reason: 'timeout-after-send' } as const,
      answer(201, '<html>'),
      answer(201, {}),
    ]) {
      const { account, sent } = connected(() => lost);
      expect(await account.refund?.(ask)).toMatchObject({ outcome: 'ambiguous' });
      expect(sent).toHaveLength(1);
    }
  });

  it('refuses what is no refund before anything is sent', async () => {
    const { account, sent } = connected(() => answer(201, { refund_id: 7, status: 'completed' }));
    expect(await account.refund?.({ ...ask, amount: parseDecimal('0.00')! })).toEqual({
      outcome: 'refused',
      reason: 'amount-zero',
    });
    expect(await account.refund?.({ ...ask, amount: parseDecimal('0.001')! })).toEqual({
      outcome: 'refused',
      reason: 'amount-too-fine',
    });
    expect(sent).toEqual([]);
  });

  it("names no path but the payment's own, and puts any refund id into a header", async () => {
    const { account, sent } = connected(() => answer(404, {}));
    expect(
      await account.refund?.({ ...ask, payment: '42/../43', idempotencyKey: 'Rückgabe\r\nX: 1' }),
    ).toEqual({ outcome: 'refused', reason: 'not-found' });
    expect(sent[0]?.url).toBe('https://gatenoc.com/api/v1/merchant/payments/42%2F..%2F43/refund');
    expect(sent[0]?.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('gatenoc', () => {
  it('has no cancel and no search: repeating the create is the search (GN-11)', () => {
    const { account } = connected(() => answer(200, {}));
    expect([account.cancelInvoice, account.findInvoice]).toEqual([undefined, undefined]);
    expect(gatenoc.capabilities).toMatchObject({
      idempotentCreate: true,
      findByReference: false,
      poll: 'after-payment',
    });
  });

  it('checks merchant id and key by the balance', async () => {
    const balance = { received_total: '10.50', refunded_total: '0.00', available_ledger: '10.50' };
    const { account, sent } = connected(() => answer(200, balance));
    expect(await account.check()).toEqual({ outcome: 'ok', mode: 'live', identity: '17', webhookUrl: null });
    expect(sent[0]?.url).toBe('https://gatenoc.com/api/v1/merchant/balance');
    expect(await connected(() => answer(401, {})).account.check()).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
  });
});
