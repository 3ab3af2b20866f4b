import { gatewayById, type InvoiceHandle, invoiceIdSchema, moneySchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'cryptopayment-center'>;
beforeEach(async () => {
  wired = await wire('cryptopayment-center');
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways['cryptopayment-center'];
const account = (config: unknown = simulator().config) => wired.connect(config);
const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });
/** PHP writes 50.0, 50.00 or 50 for the same amount. */
const fifty: unknown = expect.stringMatching(/^50(\.0+)?$/);
const minutes = (count: number) => count * 60_000;

const create = (change: Parameters<typeof createRequest>[0] = {}, config?: unknown) =>
  account(config).createInvoice(createRequest({ amount: usd('50.00'), method: 'trc20', ...change }));

const created = async (change: Parameters<typeof createRequest>[0] = {}): Promise<string> => {
  const outcome = await create(change);
  if (outcome.outcome !== 'created' || outcome.gatewayPaymentId === null) throw new Error(outcome.outcome);
  return outcome.gatewayPaymentId;
};

const handle = (gatewayPaymentId: string | null, change: Partial<InvoiceHandle> = {}): InvoiceHandle => {
  const now = wired.simulators.clock.now();
  return {
    id: invoiceIdSchema.parse(`invoice-${gatewayPaymentId ?? 'unknown-invoice'}`),
    reference: '1234-1',
    gatewayPaymentId,
    paymentRecords: [],
    quoted: usd('50.00'),
    method: 'trc20',
    createdAt: now,
    expiresAt: now + minutes(30),
    ...change,
  };
};

const read = async (ids: readonly string[], config?: unknown) => {
  const outcome = await account(config).readInvoices?.(ids.map((id) => handle(id)));
  if (outcome?.outcome !== 'read') throw new Error(outcome?.outcome);
  return ids.map((id) => outcome.facts.get(handle(id).id)?.[0]);
};

describe('creating', () => {
  it.each([
    ['btc', { currency: 'BTC', network: 'bitcoin' }],
    ['ltc', { currency: 'LTC', network: 'litecoin' }],
    ['eth', { currency: 'ETH', network: 'ethereum' }],
    ['trc20', { currency: 'USDT', network: 'tron' }],
    ['bep20', { currency: 'USDT', network: 'bsc' }],
  ])('%s: gives link, address and coins to send', async (method, coins) => {
    const outcome = await create({ method, amount: usd('49.99') });
    const [payment] = simulator().payments();
    expect(outcome).toEqual({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
      address: expect.stringMatching(/^\w{20,}$/),
      payable: { amount: payment?.amount, ...coins },
      expiresAt: wired.simulators.clock.now() + minutes(30),
    });
    expect(payment?.reference).toBe('1234-1');
  });

  it('takes one dollar and not less', async () => {
    expect(await create({ amount: usd('1.00') })).toMatchObject({ outcome: 'created' });
    expect(await create({ amount: usd('0.99') })).toEqual({ outcome: 'refused', reason: 'amount-too-small' });
  });

  it('CPC-14: what was made while the answer was lost is found by its order id, and payable by its address', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'createInvoice' });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    const [payment] = simulator().payments();
    const found = await account().findInvoice?.(handle(null));
    expect(found).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: null,
      address: expect.stringMatching(/^T\w{33}$/),
      payable: { amount: payment?.amount, currency: 'USDT', network: 'tron' },
    });
    expect(await account().findInvoice?.(handle(null, { reference: 'never-made' }))).toEqual({
      outcome: 'absent',
    });
  });

  it('tells 401, 429 and 500 apart, and sends nothing twice', async () => {
    const wrong = { ...simulator().config, apiSecret: 'sk_wrong' };
    expect(await create({}, wrong)).toEqual({ outcome: 'refused', reason: 'unauthorized' });
    simulator().faults.add({ kind: 'status', status: 503 });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'server-error' });
    simulator().faults.add({ kind: 'rate-limit' });
    expect(await create()).toEqual({ outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 60_000 });
    expect(simulator().payments()).toEqual([]);
  });
});

describe('reading', () => {
  it('follows a payment from the chain to its end', async () => {
    const id = await created();
    expect((await read([id]))[0]).toMatchObject({ status: 'open', received: null, quoted: usd('50.00') });
    await simulator().shopper.pay(id);
    await wired.simulators.clock.advance(minutes(3));
    expect((await read([id]))[0]).toMatchObject({
      status: 'processing',
      received: { amount: fifty, currency: 'USDT', network: 'tron' },
      confirmations: { received: 3, required: 19 },
      final: false,
    });
    await wired.simulators.clock.advance(minutes(16));
    expect((await read([id]))[0]).toMatchObject({
      authority: 'api',
      status: 'paid',
      final: true,
      confirmations: { received: 19, required: 19 },
      transaction: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('CPC-6: an underpayment is confirmed by the gateway, and its amount says so', async () => {
    const id = await created();
    await simulator().shopper.underpay(id, { amount: '49.99' });
    await wired.simulators.clock.advance(minutes(20));
    expect((await read([id]))[0]).toMatchObject({
      status: 'paid',
      final: true,
      received: { amount: '49.99' },
    });
    await simulator().shopper.topUp(id);
    await wired.simulators.clock.advance(minutes(20));
    expect((await read([id]))[0]).toMatchObject({
      status: 'paid',
      final: true,
      received: { amount: fifty },
    });
  });

  it('CPC-6: 18 decimals arrive as they were sent', async () => {
    const id = await created({ method: 'eth' });
    await simulator().shopper.pay(id, { amount: '0.014970059880239521' });
    expect((await read([id]))[0]?.received).toEqual({
      amount: '0.014970059880239521',
      currency: 'ETH',
      network: 'ethereum',
    });
  });

  it('CPC-7: an expired invoice is read as such, and as money when money comes late', async () => {
    const id = await created();
    await simulator().shopper.expire(id);
    expect((await read([id]))[0]?.status).toBe('expired');
    await simulator().shopper.pay(id);
    expect((await read([id]))[0]).toMatchObject({ status: 'processing', received: { amount: fifty } });
    await wired.simulators.clock.advance(minutes(19));
    expect((await read([id]))[0]).toMatchObject({ status: 'paid', final: true });
  });

  it('a transaction that leaves the chain is gone', async () => {
    const id = await created();
    await simulator().shopper.pay(id);
    await simulator().shopper.reorg(id);
    expect((await read([id]))[0]).toMatchObject({ status: 'open', received: null, transaction: null });
  });

  it("reads many through the list, and another key's as absent", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 45; n += 1) ids.push(await created({ reference: `order-${n}` }));
    const facts = await read(ids);
    expect(facts.map((fact) => fact?.reference)).toEqual(ids.map((_id, n) => `order-${n}`));
    const { config } = simulator().createAccount();
    expect(await read(ids.slice(0, 3), config)).toEqual([undefined, undefined, undefined]);
  });

  it('CPC-1: an unreachable gateway leaves everything as it is', async () => {
    const id = await created();
    simulator().faults.add({ kind: 'status', status: 500, count: 'always' });
    expect(await account().readInvoices?.([handle(id)])).toEqual({
      outcome: 'unavailable',
      reason: 'server-error',
    });
  });
});

describe('webhooks', () => {
  const listen = () => simulator().setWebhookUrl(simulator().accountId, wired.webhookUrl);

  it('CPC-1, CPC-4: both events are hints, and nothing of the rest is believed', async () => {
    listen();
    simulator().faults.add({ kind: 'forged-unsigned', count: 'always' });
    const id = await created();
    await simulator().shopper.underpay(id);
    await wired.simulators.clock.advance(minutes(20));
    expect(wired.facts()).toMatchObject([
      {
        authority: 'hint',
        gatewayPaymentId: id,
        reference: null,
        status: 'processing',
        received: null,
        final: false,
      },
      {
        authority: 'hint',
        gatewayPaymentId: id,
        reference: null,
        status: 'paid',
        received: null,
        final: false,
      },
    ]);
  });

  it('a forged signed half and a wrong key are refused, other white space is not', async () => {
    listen();
    for (const kind of ['serialisation', 'forged-body', 'wrong-signature'] as const) {
      simulator().faults.add({ kind, event: 'payment.detected' });
      await simulator().shopper.pay(await created());
    }
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'accept',
      'signature-mismatch',
      'signature-mismatch',
    ]);
  });

  it("CPC-5: under an APP_KEY of all merchants, another one's event is a hint of an invoice that cannot be read", async () => {
    const other = simulator().createAccount({ appKey: simulator().config.appKey });
    simulator().setWebhookUrl(other.accountId, wired.webhookUrl);
    const outcome = await create({}, other.config);
    const foreign = (outcome.outcome === 'created' && outcome.gatewayPaymentId) || '';
    await simulator().shopper.pay(foreign);
    expect(wired.facts()).toMatchObject([{ authority: 'hint', gatewayPaymentId: foreign }]);
    expect(await read([foreign])).toEqual([undefined]);
  });

  it('CPC-5: an event under another APP_KEY is refused', async () => {
    const other = simulator().createAccount();
    simulator().setWebhookUrl(other.accountId, wired.webhookUrl);
    const outcome = await create({}, other.config);
    await simulator().shopper.pay((outcome.outcome === 'created' && outcome.gatewayPaymentId) || '');
    expect(wired.verdicts).toMatchObject([{ ok: false, reason: 'signature-mismatch' }]);
  });

  it('verifies what was delivered with the key in either form', async () => {
    listen();
    await simulator().shopper.pay(await created());
    const [delivery] = simulator().deliveries();
    const gateway = gatewayById('cryptopayment-center');
    const request = { headers: [], body: Buffer.from(delivery?.request?.body ?? ''), receivedAt: 0 };
    const { appKey, ...keys } = simulator().config;
    for (const form of [appKey, appKey.replace('base64:', ''), ` ${appKey}\n`]) {
      expect(gateway?.receiveWebhook({ ...keys, appKey: form }, request).ok).toBe(true);
    }
  });
});

describe('the account', () => {
  it('is checked by the balances, empty ones too', async () => {
    expect(await account().check()).toEqual({
      outcome: 'ok',
      mode: 'test',
      identity: null,
      webhookUrl: null,
    });
    const wrong = { ...simulator().config, apiKey: 'pk_wrong' };
    expect(await account(wrong).check()).toEqual({ outcome: 'refused', reason: 'unauthorized' });
  });
});
