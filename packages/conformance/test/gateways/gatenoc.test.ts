import { decimalSchema, type InvoiceHandle, invoiceIdSchema, moneySchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'gatenoc'>;
beforeEach(async () => {
  wired = await wire('gatenoc');
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways.gatenoc;
const account = (config: unknown = simulator().config) => wired.connect(config);
const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });
const minutes = (count: number) => count * 60_000;

const create = (change: Parameters<typeof createRequest>[0] = {}, config?: unknown) =>
  account(config).createInvoice(
    createRequest({ amount: usd('10.50'), webhookUrl: wired.webhookUrl, ...change }),
  );

/** The simulator's own name of the session: there is no payment id yet (GN-2). */
const created = async (reference = '1234-1'): Promise<string> => {
  const outcome = await create({ reference });
  if (outcome.outcome !== 'created') throw new Error(outcome.outcome);
  return (
    simulator()
      .payments()
      .find((payment) => payment.reference === reference)?.id ?? ''
  );
};

const handle = (reference: string, paymentRecords: readonly string[] = []): InvoiceHandle => {
  const now = wired.simulators.clock.now();
  return {
    id: invoiceIdSchema.parse(`invoice-of-${reference.padStart(12, '0')}`),
    reference,
    gatewayPaymentId: null,
    paymentRecords,
    quoted: usd('10.50'),
    method: null,
    createdAt: now,
    expiresAt: now + minutes(30),
  };
};

const read = async (handles: readonly InvoiceHandle[], config?: unknown) => {
  const outcome = await account(config).readInvoices?.(handles);
  if (outcome?.outcome !== 'read') throw new Error(outcome?.outcome);
  return {
    facts: handles.map(({ id }) => outcome.facts.get(id)),
    quiet: handles.map(({ id }) => outcome.quiet.has(id)),
  };
};

const record = (token: string, n = 0) =>
  simulator()
    .payments()
    .find(({ id }) => id === token)?.records?.[n] ?? '';

describe('creating', () => {
  it('makes a session with our note and amount', async () => {
    const outcome = await create();
    const [payment] = simulator().payments();
    expect(payment).toMatchObject({ reference: '1234-1', amount: '10.50', currency: 'USD' });
    expect(outcome).toEqual({
      outcome: 'created',
      gatewayPaymentId: null,
      payUrl: payment?.payUrl,
      address: null,
      payable: null,
      expiresAt: payment?.expiresAt,
    });
  });

  it('GN-11: asking again is the same session, also after a lost answer, and another amount another one', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'createCheckoutSession' });
    const first = await create();
    expect(first).toMatchObject({ outcome: 'created' });
    expect(await create()).toEqual(first);
    expect(simulator().payments()).toHaveLength(1);
    await create({ amount: usd('11.00') });
    expect(
      simulator()
        .payments()
        .map(({ amount }) => amount)
        .sort(),
    ).toEqual(['10.50', '11.00']);
  });

  it('tells 401, 422, 429 and 500 apart', async () => {
    expect(await create({}, { ...simulator().config, apiKey: 'pk_wrong' })).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
    expect(await create({}, { ...simulator().config, merchantId: 999 })).toEqual({
      outcome: 'refused',
      reason: 'unauthorized',
    });
    expect(await create({ amount: usd('0.50') })).toEqual({ outcome: 'refused', reason: 'invalid-request' });
    simulator().faults.add({ kind: 'status', status: 500, count: 'always' });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'server-error' });
    simulator().faults.clear();
    simulator().faults.add({ kind: 'rate-limit' });
    expect(await create()).toEqual({ outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 30_000 });
    expect(simulator().payments()).toEqual([]);
  });
});

describe('reading', () => {
  it('GN-2, GN-4: finds a paid note, and says that the others are quiet', async () => {
    const paid = await created('order-1');
    await created('order-2');
    await simulator().shopper.pay(paid);
    const { facts, quiet } = await read([handle('order-1'), handle('order-2')]);
    expect(facts).toMatchObject([
      [
        {
          authority: 'api',
          reference: 'order-1',
          paymentRecord: record(paid),
          status: 'paid',
          received: usd('10.50'),
          final: true,
        },
      ],
      undefined,
    ]);
    expect(quiet).toEqual([false, true]);
  });

  it('GN-7: gives both payments of one note', async () => {
    const token = await created();
    await simulator().shopper.pay(token);
    await simulator().shopper.pay(token, { again: true });
    const { facts } = await read([handle('1234-1')]);
    expect(facts[0]?.map((fact) => fact.paymentRecord)).toEqual([record(token, 0), record(token, 1)]);
  });

  it('GN-6: tells what was received from what was asked for', async () => {
    await simulator().shopper.underpay(await created(), { amount: '10.49' });
    const { facts } = await read([handle('1234-1')]);
    expect(facts[0]?.[0]).toMatchObject({ quoted: usd('10.50'), received: usd('10.49') });
  });

  it('goes through hundreds of payments within the limit of 120 calls a minute', async () => {
    for (let n = 0; n < 230; n += 1) {
      const token = await created(`order-${n}`);
      await simulator().shopper.pay(token);
      await wired.simulators.clock.advance(1_000);
    }
    const { facts, quiet } = await read([handle('order-0'), handle('order-229'), handle('order-230')]);
    expect(facts.map((fact) => fact?.[0]?.reference)).toEqual(['order-0', 'order-229', undefined]);
    expect(quiet).toEqual([false, false, true]);
  });

  it("another merchant's payments are not there", async () => {
    await simulator().shopper.pay(await created());
    const { config } = simulator().createAccount();
    expect(await read([handle('1234-1')], config)).toEqual({ facts: [undefined], quiet: [true] });
    const outcome = await account(config).readInvoices?.([handle('1234-1', ['42'])]);
    expect(outcome).toMatchObject({ outcome: 'unavailable', reason: 'not-found' });
  });
});

describe('webhooks', () => {
  it('GN-1: a genuine payment is accepted and its key is nowhere in the verdict', async () => {
    const token = await created();
    await simulator().shopper.pay(token);
    expect(wired.facts()).toMatchObject([
      {
        authority: 'signed',
        reference: '1234-1',
        paymentRecord: record(token),
        status: 'paid',
        received: usd('10.50'),
      },
    ]);
    expect(simulator().deliveries()[0]?.request?.headers['x-gateway-merchant-key']).toBe(
      simulator().config.apiKey,
    );
    expect(JSON.stringify(wired.verdicts)).not.toContain(simulator().config.apiKey);
  });

  it('GN-3: a webhook that was signed six minutes ago is refused, with a hint', async () => {
    simulator().faults.add({ kind: 'delay', ms: minutes(6), signedBefore: true });
    await simulator().shopper.pay(await created());
    await wired.simulators.clock.advance(minutes(6));
    expect(wired.verdicts[0]).toEqual({
      ok: false,
      layer: 'signature',
      reason: 'timestamp-stale',
      hint: { gatewayPaymentId: null, reference: '1234-1' },
    });
  });

  it('GN-7: a retry is the same event, a second payment is not', async () => {
    wired.answers.push(500);
    const token = await created();
    await simulator().shopper.pay(token);
    await wired.simulators.clock.advance(minutes(2));
    await simulator().shopper.pay(token, { again: true });
    const keys = wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''));
    expect([keys.length, new Set(keys).size, keys[0] === keys[1]]).toEqual([3, 2, true]);
  });

  it('GN-9: a merchant with the same secret cannot pay for this one', async () => {
    const { config } = simulator().createAccount({ webhookSecret: simulator().config.webhookSecret });
    await create({ reference: '1234-1' }, config);
    await simulator().shopper.pay(simulator().payments()[0]?.id ?? '');
    expect(wired.verdicts).toEqual([{ ok: false, layer: 'semantic', reason: 'merchant-mismatch' }]);
  });

  it('other white space verifies; a forged body and a wrong key do not', async () => {
    for (const kind of ['serialisation', 'forged-body', 'wrong-signature'] as const) {
      simulator().faults.add({ kind });
      await simulator().shopper.pay(await created(kind));
    }
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'accept',
      'signature-mismatch',
      'signature-mismatch',
    ]);
  });
});

describe('refunding', () => {
  const refund = (payment: string, amount: string, idempotencyKey: string) =>
    account().refund?.({ payment, amount: decimalSchema.parse(amount), reason: 'Returned', idempotencyKey });
  const paid = async () => {
    const token = await created();
    await simulator().shopper.pay(token);
    return record(token);
  };

  it('refunds in parts, and not more than was paid', async () => {
    const payment = await paid();
    expect(await refund(payment, '4.10', 'r1')).toMatchObject({
      outcome: 'done',
      refundId: expect.stringMatching(/^rf_/),
    });
    expect(await refund(payment, '6.40', 'r2')).toMatchObject({ outcome: 'done' });
    expect(await refund(payment, '0.01', 'r3')).toEqual({ outcome: 'refused', reason: 'invalid-request' });
    expect(await refund('999', '1.00', 'r4')).toEqual({ outcome: 'refused', reason: 'not-found' });
  });

  it('GN-5: after a lost answer it is ambiguous, and was sent once', async () => {
    const payment = await paid();
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'refundPayment', count: 'always' });
    expect(await refund(payment, '10.50', 'r1')).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    simulator().faults.clear();
    // Had it been repeated, the second call would have been refused, not made.
    expect(await refund(payment, '0.01', 'r2')).toEqual({ outcome: 'refused', reason: 'invalid-request' });
  });

  it('GN-10: what was refunded in full has a status that never settles', async () => {
    const payment = await paid();
    await refund(payment, '10.50', 'r1');
    const { facts } = await read([handle('1234-1', [payment])]);
    expect(facts[0]?.[0]).toMatchObject({ status: 'unknown', wireStatus: 'refunded', final: false });
  });
});

describe('the account', () => {
  it('is checked by the balance', async () => {
    const { config } = simulator();
    expect(await account().check()).toEqual({
      outcome: 'ok',
      mode: 'test',
      identity: config.merchantId,
      webhookUrl: null,
    });
    const inactive = simulator().createAccount({ active: false });
    expect(await account(inactive.config).check()).toEqual({ outcome: 'refused', reason: 'unauthorized' });
  });
});
