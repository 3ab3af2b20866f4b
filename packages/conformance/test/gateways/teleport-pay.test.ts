import { moneySchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'teleport-pay'>;
beforeEach(async () => {
  wired = await wire('teleport-pay');
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways['teleport-pay'];
const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });
const minutes = (count: number) => count * 60_000;

const create = (amount = usd('49.90'), config: unknown = simulator().config) =>
  wired.connect(config).createInvoice(createRequest({ amount, webhookUrl: wired.webhookUrl }));

const created = async (): Promise<string> => {
  const outcome = await create();
  if (outcome.outcome !== 'created' || outcome.gatewayPaymentId === null) throw new Error(outcome.outcome);
  return outcome.gatewayPaymentId;
};

describe('creating', () => {
  it('makes an invoice with our reference, amount, methods and webhook URL', async () => {
    const outcome = await create();
    const [payment] = simulator().payments();
    expect(payment).toMatchObject({ reference: '1234-1', amount: '49.90', currency: 'USD' });
    expect(outcome).toMatchObject({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
      expiresAt: payment?.expiresAt,
    });
    const page = await (await fetch(payment?.payUrl ?? '')).text();
    expect(page).toContain('<select name="method"><option>crypto</option></select>');
  });

  it.each([
    [moneySchema.parse({ amount: '1000.00', currency: 'JPY' }), '1000'],
    [moneySchema.parse({ amount: '1.250', currency: 'KWD' }), '1.250'],
    [moneySchema.parse({ amount: '0.00001', currency: 'BTC' }), '0.00001'],
  ])('TP-8: %j is taken with its own decimals', async (amount, taken) => {
    expect((await create(amount)).outcome).toBe('created');
    expect(simulator().payments()[0]?.amount).toBe(taken);
  });

  it('TP-6: an invoice that was made while the answer was lost is ambiguous, and not made again', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'create-invoice' });
    expect(await create()).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    expect(simulator().payments()).toHaveLength(1);
    await simulator().shopper.pay(simulator().payments()[0]?.id ?? '');
    expect(wired.facts()).toMatchObject([
      { status: 'paid', reference: '1234-1', quoted: { currency: 'USD' } },
    ]);
  });

  it('a refusal names the field, a bad key and a server error what they are', async () => {
    const xyz = moneySchema.parse({ amount: '1', currency: 'XYZ' });
    expect(await create(xyz)).toEqual({ outcome: 'refused', reason: 'currency-refused' });
    const { config } = simulator().createAccount({ active: false });
    expect(await create(usd('1'), config)).toEqual({ outcome: 'refused', reason: 'api-key-refused' });
    simulator().faults.add({ kind: 'status', status: 502 });
    expect(await create()).toMatchObject({ outcome: 'ambiguous', reason: 'server-error' });
    simulator().faults.add({ kind: 'rate-limit' });
    expect(await create()).toMatchObject({ outcome: 'unavailable', reason: 'rate-limited' });
    expect(simulator().payments()).toEqual([]);
  });
});

describe('webhooks', () => {
  it.each([
    ['pay', { status: 'paid', received: 'attested', final: true }],
    ['overpay', { status: 'paid', received: 'attested', final: true }],
    ['underpay', { status: 'processing', exceptions: ['underpaid', 'review'] }],
    ['cancel', { status: 'canceled' }],
    ['fail', { status: 'failed' }],
    ['expire', { status: 'expired' }],
  ] as const)('%s', async (act, fact) => {
    const id = await created();
    expect(await simulator().shopper[act](id)).toEqual({ ok: true });
    expect(wired.facts()).toMatchObject([
      { authority: 'signed', gatewayPaymentId: id, reference: '1234-1', ...fact },
    ]);
    // Python writes 49.9 for 49.90.
    expect(wired.facts()[0]?.quoted).toEqual(usd('49.9'));
  });

  it('after manual_confirmation comes paid or failed, each as news of its own', async () => {
    const id = await created();
    await simulator().shopper.underpay(id);
    await simulator().shopper.confirm(id);
    expect(wired.facts().map(({ status }) => status)).toEqual(['processing', 'paid']);
    const keys = wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''));
    expect(new Set(keys).size).toBe(2);
  });

  it('TP-4: every retry is the same event, 35 minutes later as much as at once', async () => {
    wired.answers.push(500, 500, 500);
    const id = await created();
    await simulator().shopper.pay(id);
    await wired.simulators.clock.advance(minutes(60));
    expect(wired.facts()).toHaveLength(4);
    expect(new Set(wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''))).size).toBe(1);
  });

  it('money after the expiry is paid after expired, with its own time', async () => {
    const id = await created();
    await simulator().shopper.pay(id, { late: true });
    const [expired, paid] = wired.facts();
    expect([expired?.status, paid?.status]).toEqual(['expired', 'paid']);
    expect(paid?.paidAt).toBe(simulator().payments()[0]?.expiresAt);
  });

  it('a wrong signature and a changed body are refused, other white space is not', async () => {
    for (const kind of ['wrong-signature', 'forged-body', 'serialisation'] as const) {
      simulator().faults.add({ kind });
      await simulator().shopper.cancel(await created());
    }
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'signature-mismatch',
      'signature-mismatch',
      'accept',
    ]);
  });

  it("another key's webhook is refused", async () => {
    const { config } = simulator().createAccount();
    const request = createRequest({ amount: usd('1'), webhookUrl: wired.webhookUrl });
    const outcome = await wired.connect(config).createInvoice(request);
    await simulator().shopper.pay((outcome.outcome === 'created' && outcome.gatewayPaymentId) || '');
    expect(wired.verdicts).toMatchObject([{ ok: false, layer: 'signature', reason: 'signature-mismatch' }]);
  });
});

describe('the account', () => {
  it('is checked by key/info, and nothing changes the key (TP-9)', async () => {
    expect(await wired.connect(simulator().config).check()).toEqual({
      outcome: 'ok',
      mode: 'unknown',
      identity: 'Simulated shop',
      webhookUrl: null,
    });
    await created();
    expect(await wired.connect(simulator().config).check()).toMatchObject({ webhookUrl: null });
    const wrong = { ...simulator().config, apiKey: 'tk_wrong' };
    expect(await wired.connect(wrong).check()).toEqual({ outcome: 'refused', reason: 'api-key-refused' });
  });
});
