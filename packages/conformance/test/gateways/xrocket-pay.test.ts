import { type InvoiceHandle, invoiceIdSchema, minutes, moneySchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'xrocket-pay'>;
beforeEach(async () => {
  wired = await wire('xrocket-pay');
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways['xrocket-pay'];
const account = (config: unknown = simulator().config) => wired.connect(config);
const money = (amount: string, currency: string) => moneySchema.parse({ amount, currency });

const create = (change: Parameters<typeof createRequest>[0] = {}, config?: unknown) =>
  account(config).createInvoice(createRequest({ amount: money('50.00', 'USDT'), ...change }));

const created = async (change: Parameters<typeof createRequest>[0] = {}): Promise<string> => {
  const outcome = await create(change);
  if (outcome.outcome !== 'created' || outcome.gatewayPaymentId === null) throw new Error(outcome.outcome);
  return outcome.gatewayPaymentId;
};

const createMany = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await created({ reference: `order-${n}` }));
  return ids;
};

const handle = (gatewayPaymentId: string | null, reference = '1234-1'): InvoiceHandle => {
  const now = wired.simulators.clock.now();
  return {
    id: invoiceIdSchema.parse(`invoice-${(gatewayPaymentId ?? 'unknown').padStart(16, '0')}`),
    reference,
    gatewayPaymentId,
    paymentRecords: [],
    quoted: money('50.00', 'USDT'),
    method: null,
    createdAt: now,
    expiresAt: now + minutes(30),
  };
};

const read = async (ids: readonly string[], config?: unknown) => {
  const outcome = await account(config).readInvoices?.(ids.map((id) => handle(id)));
  if (outcome?.outcome !== 'read') throw new Error(outcome?.outcome);
  return ids.map((id) => outcome.facts.get(handle(id).id)?.[0]);
};

describe('creating', () => {
  it('XR-3: makes an invoice for one payment of a fixed amount, with our reference and a link', async () => {
    const outcome = await create();
    const [payment] = simulator().payments();
    expect(payment).toMatchObject({ reference: '1234-1', amount: '50', currency: 'USDT' });
    expect(outcome).toEqual({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
      address: null,
      payable: null,
      expiresAt: wired.simulators.clock.now() + minutes(30),
    });
  });

  it('XR-1, XR-2: a nine-digit amount of TON comes back as it was asked', async () => {
    const id = await created({ amount: money('1.000000001', 'TON') });
    expect(simulator().payments()[0]).toMatchObject({ amount: '1.000000001', currency: 'TONCOIN' });
    expect((await read([id]))[0]?.quoted).toEqual(money('1.000000001', 'TON'));
  });

  it('XR-5: lives for a day at most', async () => {
    expect(await create({ expiresInSeconds: 7 * 86_400 })).toMatchObject({
      outcome: 'created',
      expiresAt: wired.simulators.clock.now() + minutes(24 * 60),
    });
  });

  it('says what the gateway refuses', async () => {
    expect(await create({ amount: money('0.001', 'USDT') })).toEqual({
      outcome: 'refused',
      reason: 'amount-invalid',
    });
    expect(await create({}, { ...simulator().config, apiKey: 'other' })).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
    simulator().faults.add({ kind: 'status', status: 500 });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'server-error' });
    expect(simulator().payments()).toEqual([]);
  });

  it('what was made while the answer was lost is found again by its payload, also among many', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'createInvoice' });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    const [payment] = simulator().payments();
    await createMany(520);
    expect(await account().findInvoice?.(handle(null))).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
    });
    expect(await account().findInvoice?.(handle(null, 'never-made'))).toEqual({ outcome: 'absent' });
  });
});

describe('reading', () => {
  it('XR-4: one by one or from the list, the facts are the same', async () => {
    const [open, paid, expired] = [await created(), await created(), await created({ expiresInSeconds: 60 })];
    await simulator().shopper.pay(paid);
    await wired.simulators.clock.advance(minutes(1));
    const few = await read([open, paid, expired, '999']);
    expect(few.map((fact) => fact?.status)).toEqual(['open', 'paid', 'expired', undefined]);
    expect(few[1]).toMatchObject({ authority: 'api', received: money('50', 'USDT'), final: true });
    const others = await createMany(20);
    const many = await read([open, paid, expired, ...others]);
    expect(many.slice(0, 3)).toEqual(few.slice(0, 3));
  });

  it('reads hundreds from the list', async () => {
    const ids = await createMany(620);
    const facts = await read(ids);
    expect(facts.map((fact) => fact?.reference)).toEqual(ids.map((_id, n) => `order-${n}`));
  });

  it("another app's invoices are absent", async () => {
    const id = await created();
    expect(await read([id], simulator().createAccount().config)).toEqual([undefined]);
  });
});

describe('cancelling', () => {
  it('deletes an open invoice, not a paid one, and not twice', async () => {
    const [open, paid] = [await created(), await created()];
    await simulator().shopper.pay(paid);
    expect(await account().cancelInvoice?.(handle(open))).toEqual({ outcome: 'canceled' });
    expect(await account().cancelInvoice?.(handle(open))).toEqual({
      outcome: 'refused',
      reason: 'not-found',
    });
    expect(await account().cancelInvoice?.(handle(paid))).toMatchObject({ outcome: 'refused' });
    expect(await simulator().shopper.pay(open)).toEqual({ ok: false, reason: 'unknown-payment' });
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'deleteInvoice' });
    expect(await account().cancelInvoice?.(handle(await created()))).toEqual({
      outcome: 'ambiguous',
      reason: 'reset',
    });
  });
});

describe('webhooks', () => {
  beforeEach(() => void simulator().setWebhookUrl(simulator().accountId, wired.webhookUrl));

  it('XR-4: says what the read says', async () => {
    const id = await created({ amount: money('1.5', 'TON') });
    await simulator().shopper.pay(id);
    const [signed] = wired.facts();
    expect(signed).toMatchObject({ authority: 'signed', status: 'paid', received: money('1.5', 'TON') });
    const [api] = await read([id]);
    expect({ ...signed, authority: 'api', asOf: 0 }).toEqual({ ...api, asOf: 0 });
  });

  it('duplicates and retries are one event', async () => {
    wired.answers.push(500);
    simulator().faults.add({ kind: 'duplicate', copies: 2 });
    await simulator().shopper.pay(await created());
    await wired.simulators.clock.advance(minutes(10));
    const keys = wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''));
    expect(keys.length).toBeGreaterThanOrEqual(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('XR-6: other white space verifies; a forged body, a wrong key and another app do not', async () => {
    for (const kind of ['serialisation', 'forged-body', 'wrong-signature'] as const) {
      simulator().faults.add({ kind });
      await simulator().shopper.pay(await created());
    }
    const other = simulator().createAccount();
    simulator().setWebhookUrl(other.accountId, wired.webhookUrl);
    const outcome = await create({}, other.config);
    await simulator().shopper.pay((outcome.outcome === 'created' && outcome.gatewayPaymentId) || '');
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'accept',
      'signature-mismatch',
      'signature-mismatch',
      'signature-mismatch',
    ]);
  });

  it("XR-3: another program's invoice for many payments is accepted and never final", async () => {
    const { apiKey, baseUrl } = simulator().config;
    const answer = await fetch(`${baseUrl}/tg-invoices`, {
      method: 'POST',
      headers: { 'Rocket-Pay-Key': apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ amount: 5, numPayments: 2, currency: 'USDT' }),
    });
    expect(answer.status).toBe(201);
    const id = simulator().payments()[0]?.id ?? '';
    await simulator().shopper.pay(id);
    await simulator().shopper.pay(id);
    expect(wired.facts().map(({ status, final }) => [status, final])).toEqual([
      ['unknown', false],
      ['paid', false],
    ]);
  });
});

describe('the account', () => {
  it('is checked by the name of its app', async () => {
    expect(await account().check()).toEqual({
      outcome: 'ok',
      mode: 'test',
      identity: 'Simulated shop',
      webhookUrl: null,
    });
    expect(await account({ ...simulator().config, apiKey: 'other' }).check()).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
  });
});
