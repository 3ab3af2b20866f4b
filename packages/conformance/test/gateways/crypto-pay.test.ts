import { gatewayById, type InvoiceHandle, invoiceIdSchema, moneySchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'crypto-pay'>;
beforeEach(async () => {
  wired = await wire('crypto-pay');
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways['crypto-pay'];
const account = (config: unknown = simulator().config) => wired.connect(config);
const money = (amount: string, currency: string) => moneySchema.parse({ amount, currency });
const minutes = (count: number) => count * 60_000;

const create = (change: Parameters<typeof createRequest>[0] = {}, config?: unknown) =>
  account(config).createInvoice(createRequest({ amount: money('9.99', 'USD'), ...change }));

const created = async (change: Parameters<typeof createRequest>[0] = {}): Promise<string> => {
  const outcome = await create(change);
  if (outcome.outcome !== 'created' || outcome.gatewayPaymentId === null) throw new Error(outcome.outcome);
  return outcome.gatewayPaymentId;
};

/** Spread over time: more than 100 calls a second are refused. */
const createMany = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    ids.push(await created({ reference: `order-${n}` }));
    await wired.simulators.clock.advance(20);
  }
  return ids;
};

const handle = (gatewayPaymentId: string | null, reference = '1234-1'): InvoiceHandle => {
  const now = wired.simulators.clock.now();
  return {
    id: invoiceIdSchema.parse(`invoice-${(gatewayPaymentId ?? 'unknown').padStart(16, '0')}`),
    reference,
    gatewayPaymentId,
    paymentRecords: [],
    quoted: money('9.99', 'USD'),
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
  it('makes a fiat invoice with our reference, an expiry and a link', async () => {
    const outcome = await create();
    const [payment] = simulator().payments();
    expect(payment).toMatchObject({ reference: '1234-1', amount: '9.99', currency: 'USD' });
    expect(outcome).toEqual({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
      address: null,
      payable: null,
      expiresAt: wired.simulators.clock.now() + minutes(30),
    });
  });

  it('makes an asset invoice, and refuses what the gateway refuses', async () => {
    expect(await create({ amount: money('1.5', 'TON') })).toMatchObject({ outcome: 'created' });
    expect(await create({ amount: money('1', 'JET') })).toEqual({
      outcome: 'refused',
      reason: 'asset-invalid',
    });
    expect(await create({ amount: money('0.00', 'USD') })).toEqual({
      outcome: 'refused',
      reason: 'amount-invalid',
    });
  });

  it('CP-8, CP-9: what was made while the answer was lost is found again by its payload', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'createInvoice' });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    const [payment] = simulator().payments();
    const found = await account().findInvoice?.(handle(null));
    expect(found).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
    });
    expect(simulator().payments()).toHaveLength(1);
  });

  it('CP-9: finds it among many, and when it has been paid meanwhile', async () => {
    const id = await created();
    await createMany(120);
    expect(await account().findInvoice?.(handle(null))).toMatchObject({ gatewayPaymentId: id });
    await simulator().shopper.pay(id);
    expect(await account().findInvoice?.(handle(null))).toMatchObject({ gatewayPaymentId: id });
    expect(await account().findInvoice?.(handle(null, 'never-made'))).toEqual({ outcome: 'absent' });
  });

  it('CP-9: an invoice that was never made is absent', async () => {
    simulator().faults.add({ kind: 'timeout-before-commit', route: 'createInvoice' });
    expect(await create()).toMatchObject({ outcome: 'ambiguous' });
    expect(await account().findInvoice?.(handle(null))).toEqual({ outcome: 'absent' });
  });

  it('tells 401, 429 and 500 apart', async () => {
    expect(await create({}, { ...simulator().config, token: `1:${'A'.repeat(35)}` })).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
    simulator().faults.add({ kind: 'status', status: 500 });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'server-error' });
    simulator().faults.add({ kind: 'rate-limit' });
    expect(await create()).toMatchObject({ outcome: 'unavailable', reason: 'rate-limited' });
    expect(simulator().payments()).toEqual([]);
  });
});

describe('reading', () => {
  it('reads many invoices in one call, whatever became of them', async () => {
    const [open, paid, expired] = [await created(), await created(), await created({ expiresInSeconds: 60 })];
    await simulator().shopper.pay(paid, { asset: 'TON' });
    await wired.simulators.clock.advance(minutes(1));
    const facts = await read([open, paid, expired, '999']);
    expect(facts.map((fact) => fact?.status)).toEqual(['open', 'paid', 'expired', undefined]);
    expect(facts[1]).toMatchObject({
      authority: 'api',
      received: 'attested',
      quoted: money('9.99', 'USD'),
      final: true,
    });
  });

  it("CP-7: another app's invoices are absent", async () => {
    const id = await created();
    const { config } = simulator().createAccount();
    expect(await read([id], config)).toEqual([undefined]);
  });

  it('reads hundreds of ids, more than a URL may hold', async () => {
    const ids = await createMany(520);
    const facts = await read(ids);
    expect(facts.map((fact) => fact?.reference)).toEqual(ids.map((_id, n) => `order-${n}`));
  });

  it('repeats a read after an error, and gives up with a reason', async () => {
    const id = await created();
    simulator().faults.add({ kind: 'status', status: 502, count: 2, route: 'getInvoices' });
    expect((await read([id]))[0]?.status).toBe('open');
    simulator().faults.add({ kind: 'status', status: 502, count: 'always', route: 'getInvoices' });
    expect(await account().readInvoices?.([handle(id)])).toEqual({
      outcome: 'unavailable',
      reason: 'server-error',
    });
  });
});

describe('cancelling', () => {
  it('deletes an open invoice, not a paid one, and not twice', async () => {
    const [open, paid] = [await created(), await created()];
    await simulator().shopper.pay(paid);
    expect(await account().cancelInvoice?.(handle(open))).toEqual({ outcome: 'canceled' });
    expect(await account().cancelInvoice?.(handle(open))).toEqual({
      outcome: 'refused',
      reason: 'invoice-not-found',
    });
    expect(await account().cancelInvoice?.(handle(paid))).toMatchObject({ outcome: 'refused' });
    expect(await simulator().shopper.pay(open)).toEqual({ ok: false, reason: 'unknown-payment' });
  });

  it('does not know after a lost answer, and sends nothing twice', async () => {
    const id = await created();
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'deleteInvoice' });
    expect(await account().cancelInvoice?.(handle(id))).toEqual({ outcome: 'ambiguous', reason: 'reset' });
  });
});

describe('webhooks', () => {
  const listen = () => simulator().setWebhookUrl(simulator().accountId, wired.webhookUrl);

  it('CP-6: a fiat invoice paid in any asset is attested', async () => {
    listen();
    const id = await created();
    await simulator().shopper.pay(id, { asset: 'BTC' });
    expect(wired.facts()).toMatchObject([
      {
        authority: 'signed',
        gatewayPaymentId: id,
        reference: '1234-1',
        status: 'paid',
        received: 'attested',
        final: true,
      },
    ]);
  });

  it('CP-6: an asset invoice without paid_* was paid as asked', async () => {
    listen();
    await simulator().shopper.pay(await created({ amount: money('1.50', 'TON') }));
    expect(wired.facts()[0]?.received).toEqual(money('1.50', 'TON'));
  });

  it('CP-1: duplicates and retries are one event', async () => {
    listen();
    wired.answers.push(500);
    simulator().faults.add({ kind: 'duplicate', copies: 2 });
    await simulator().shopper.pay(await created());
    await wired.simulators.clock.advance(minutes(10));
    const keys = wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''));
    expect(keys.length).toBeGreaterThanOrEqual(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('CP-3: other white space and escapes verify; a forged body and a wrong key do not', async () => {
    listen();
    for (const kind of ['serialisation', 'forged-body', 'wrong-signature'] as const) {
      simulator().faults.add({ kind });
      await simulator().shopper.pay(await created());
    }
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'accept',
      'signature-mismatch',
      'signature-mismatch',
    ]);
  });

  it('CP-3: ids above 2^53 keep their digits from create to webhook', async () => {
    const { accountId, config } = simulator().createAccount({ nextInvoiceId: '9007199254740993' });
    simulator().setWebhookUrl(accountId, wired.webhookUrl);
    const outcome = await create({}, config);
    expect(outcome).toMatchObject({ gatewayPaymentId: '9007199254740993' });
    expect((await read(['9007199254740993'], config))[0]?.gatewayPaymentId).toBe('9007199254740993');
    await simulator().shopper.pay('9007199254740993');
    const body = Buffer.from(simulator().deliveries()[0]?.request?.body ?? '');
    const signature = simulator().deliveries()[0]?.request?.headers['crypto-pay-api-signature'] ?? '';
    const verdict = gatewayById('crypto-pay')?.receiveWebhook(config, {
      headers: [['crypto-pay-api-signature', signature]],
      body,
      receivedAt: 0,
    });
    expect(verdict?.ok && verdict.facts[0]?.gatewayPaymentId).toBe('9007199254740993');
  });

  it("another app's webhook is refused", async () => {
    const other = simulator().createAccount();
    simulator().setWebhookUrl(other.accountId, wired.webhookUrl);
    const outcome = await create({}, other.config);
    await simulator().shopper.pay((outcome.outcome === 'created' && outcome.gatewayPaymentId) || '');
    expect(wired.verdicts).toMatchObject([{ ok: false, layer: 'signature', reason: 'signature-mismatch' }]);
  });
});

describe('the account', () => {
  it('CP-14: is checked by getMe, which knows its world and its webhook', async () => {
    simulator().setWebhookUrl(simulator().accountId, wired.webhookUrl);
    expect(await account().check()).toMatchObject({
      outcome: 'ok',
      mode: 'live',
      webhookUrl: wired.webhookUrl,
    });
    const testnet = simulator().createAccount({ testnet: true });
    expect(await account(testnet.config).check()).toMatchObject({ outcome: 'ok', mode: 'test' });
    const mixed = { ...testnet.config, baseUrl: `${simulator().baseUrl}/api` };
    expect(await account(mixed).check()).toEqual({ outcome: 'refused', reason: 'unauthorized' });
  });
});
