import { createHash } from 'node:crypto';
import { type InvoiceHandle, invoiceIdSchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRequest, type Wired, wire } from './wired.ts';

let wired: Wired<'ton-nft'>;
beforeEach(async () => {
  wired = await wire('ton-nft');
  simulator().setWebhookUrl(simulator().accountId, wired.webhookUrl);
});
afterEach(() => wired[Symbol.asyncDispose]());

const simulator = () => wired.simulators.gateways['ton-nft'];
const minutes = (count: number) => count * 60_000;
const arrive = () => wired.simulators.clock.advance(minutes(2));

const created = async (config: unknown = simulator().config): Promise<string> => {
  const outcome = await wired.connect(config).createInvoice(createRequest());
  if (outcome.outcome !== 'created' || outcome.gatewayPaymentId === null) throw new Error(outcome.outcome);
  return outcome.gatewayPaymentId;
};

const invoiceId = invoiceIdSchema.parse('an-invoice-of-the-test');
const handle = (gatewayPaymentId: string): InvoiceHandle => ({
  id: invoiceId,
  reference: '1234-1',
  gatewayPaymentId,
  paymentRecords: [],
  quoted: null,
  method: null,
  createdAt: 0,
  expiresAt: 0,
});

const read = async (id: string, config: unknown = simulator().config) => {
  const outcome = await wired.connect(config).readInvoices?.([handle(id)]);
  await wired.simulators.clock.settled();
  if (outcome?.outcome !== 'read') throw new Error(outcome?.reason);
  return outcome.facts.get(invoiceId)?.[0];
};

describe('creating', () => {
  it('NFT-1, NFT-3: gives an id, a page and a checked deposit address, and no amount', async () => {
    const outcome = await wired.connect(simulator().config).createInvoice(createRequest());
    const [payment] = simulator().payments();
    expect(outcome).toEqual({
      outcome: 'created',
      gatewayPaymentId: payment?.id,
      payUrl: payment?.payUrl,
      address: expect.stringMatching(/^EQ.{46}$/),
      payable: null,
      expiresAt: null,
    });
  });

  it('NFT-3: a payment that was made while the answer was lost is ambiguous, and not made again', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'create-payment' });
    const outcome = await wired.connect(simulator().config).createInvoice(createRequest());
    expect(outcome).toEqual({ outcome: 'ambiguous', reason: 'reset' });
    expect(simulator().payments()).toHaveLength(1);
  });

  it('tells a bad key from a server error', async () => {
    const wrong = { ...simulator().config, apiKey: 'sk_live_wrong' };
    expect(await wired.connect(wrong).createInvoice(createRequest())).toEqual({
      outcome: 'refused',
      reason: 'api-key-refused',
    });
    expect(await wired.connect(wrong).check()).toEqual({ outcome: 'refused', reason: 'api-key-refused' });
    simulator().faults.add({ kind: 'status', status: 500 });
    expect((await wired.connect(simulator().config).createInvoice(createRequest())).outcome).toBe(
      'ambiguous',
    );
  });
});

describe('webhooks', () => {
  it.each([
    ['pay', '1.7292'],
    ['underpay', '0.3213'],
    ['overpay', '56.745'],
  ] as const)('%s brings %s TON', async (act, amount) => {
    const id = await created();
    await simulator().shopper[act](id);
    await arrive();
    expect(wired.facts()).toMatchObject([
      {
        authority: 'signed',
        gatewayPaymentId: id,
        status: 'paid',
        final: true,
        forwarded: true,
        received: { amount, currency: 'TON' },
        paymentRecord: expect.stringMatching(/^0:[0-9a-f]{64}$/),
      },
    ]);
  });

  it('NFT-9: a stuck collectible is not final until it is forwarded', async () => {
    const id = await created();
    await simulator().shopper.pay(id, { forwarded: false });
    await arrive();
    await simulator().shopper.forward(id);
    expect(wired.facts().map(({ status, final }) => [status, final])).toEqual([
      ['processing', false],
      ['paid', true],
    ]);
  });

  it('NFT-6: a header that names another payment is refused, and the right one accepted later', async () => {
    simulator().faults.add({ kind: 'forged-unsigned' });
    const id = await created();
    await simulator().shopper.pay(id);
    await arrive();
    expect(wired.verdicts).toMatchObject([{ ok: false, layer: 'semantic', reason: 'payment-id-differs' }]);
    await read(id);
    expect(wired.facts()).toMatchObject([{ status: 'paid', gatewayPaymentId: id }]);
  });

  it('a wrong signature and a changed body are refused, other white space is not', async () => {
    for (const kind of ['wrong-signature', 'forged-body', 'serialisation'] as const) {
      simulator().faults.add({ kind });
      await simulator().shopper.pay(await created());
      await arrive();
    }
    expect(wired.verdicts.map((verdict) => (verdict.ok ? 'accept' : verdict.reason))).toEqual([
      'signature-mismatch',
      'signature-mismatch',
      'accept',
    ]);
  });
});

describe('the list', () => {
  it('follows a payment through its stages', async () => {
    const id = await created();
    expect(await read(id)).toMatchObject({ authority: 'api', status: 'open', wireStatus: 'pending' });
    await simulator().shopper.pay(id);
    await wired.simulators.clock.advance(minutes(1));
    expect(await read(id)).toMatchObject({ status: 'processing', wireStatus: 'received', forwarded: false });
    await wired.simulators.clock.advance(minutes(1));
    expect(await read(id)).toMatchObject({
      status: 'processing',
      wireStatus: 'received, forwarded, callback sent',
      final: false,
      received: null,
    });
  });

  it('NFT-4: a webhook that failed comes again because we look, and only then', async () => {
    wired.answers.push(503, 503);
    const id = await created();
    await simulator().shopper.pay(id);
    await arrive();
    await wired.simulators.clock.advance(minutes(60 * 24 * 7));
    expect(wired.verdicts).toHaveLength(1);
    expect(await read(id)).toMatchObject({ wireStatus: 'received, forwarded', exceptions: [] });
    await read(id);
    expect(
      simulator()
        .deliveries()
        .map(({ status }) => status),
    ).toEqual([503, 503, 200]);
    expect(new Set(wired.verdicts.map((verdict) => (verdict.ok ? verdict.dedupeKey : ''))).size).toBe(1);
  });

  it.each(['array', 'payments', 'data', 'items'] as const)(
    'is read in the shape %s, with amounts',
    async (listShape) => {
      const { config } = simulator().createAccount({ listShape, listAmounts: true, currency: 'GRAM' });
      const id = await created(config);
      await simulator().shopper.pay(id);
      await arrive();
      expect(await read(id, config)).toMatchObject({
        status: 'paid',
        final: true,
        received: { amount: '1.7292', currency: 'TON' },
      });
    },
  );

  it('a payment that is not recent any more is absent', async () => {
    const { config } = simulator().createAccount({ listSize: 1 });
    const id = await created(config);
    await created(config);
    expect(await read(id, config)).toBeUndefined();
  });
});

describe('what the documents leave open', () => {
  it('nanoton go to a person, from the list and from the webhook', async () => {
    const { accountId, config } = simulator().createAccount({ amountUnit: 'nanoton', listAmounts: true });
    const id = await created(config);
    await simulator().shopper.pay(id);
    await arrive();
    expect(simulator().payments(accountId)[0]?.amount).toBe('1729200000');
    expect(await read(id, config)).toMatchObject({ status: 'paid', final: false, exceptions: ['review'] });
  });

  it.each(['hex-text', 'raw'] as const)(
    'the key is used as %s, from the API key or from its hash',
    async (keyEncoding) => {
      const { accountId, config } = simulator().createAccount({ keyEncoding });
      const apiKeyHash = createHash('sha256').update(config.apiKey).digest('hex');
      const hashOnly = { baseUrl: config.baseUrl, apiKeyHash, keyEncoding };
      for (const settings of [config, hashOnly]) {
        await using other = await wire('ton-nft', settings);
        simulator().setWebhookUrl(accountId, other.webhookUrl);
        await simulator().shopper.pay(await created(config));
        await arrive();
        expect(other.facts()).toMatchObject([{ status: 'paid', final: true }]);
      }
    },
  );
});
