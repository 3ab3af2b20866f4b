import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../gateways/fact.ts';
import { minutes } from '../identity/clock.ts';
import { moneySchema } from '../money/schema.ts';
import type { Invoice } from './invoice.ts';
import { defaultPolicy, policySchema } from './policy.ts';
import { reduceFact } from './reduce.ts';
import { asset, created, sampleFact, sampleInvoice, usd } from './sample-invoice.fixture.ts';

const expiry = created + minutes(30);
const reduce = (invoice: Invoice, fact: Fact, policy = defaultPolicy) =>
  reduceFact(invoice, fact, policy, fact.asOf);
const kinds = ({ decisions }: ReturnType<typeof reduce>) => decisions.map(({ kind }) => kind);

/** 50 USDT are asked for; the gateway counts up what came in and is read. */
const due = sampleInvoice({ payable: asset('50', 'USDT') });
const counted = (amount: string, change: Partial<Fact> = {}) =>
  sampleFact({ authority: 'api', received: asset(amount, 'USDT'), ...change });
const seen = { status: 'processing', final: false } as const;

/** One payment of several, each with its own amount (GN-7). */
const payment = (paymentRecord: string, amount: string, change: Partial<Fact> = {}) =>
  sampleFact({ received: usd(amount), paymentRecord, ...change });

const afterAll = (invoice: Invoice, facts: readonly Fact[]) =>
  facts.reduce((before, fact) => reduce(before, fact).invoice, invoice);

describe('a trifle as the payment itself (invariant 10)', () => {
  it.each([
    ['final', counted('0.49')],
    ['in progress', counted('0.49', seen)],
    ['called underpaid by the gateway', counted('0.49', { ...seen, exceptions: ['underpaid'] })],
  ])('is a note while the invoice is open: %s', (_name, fact) => {
    const result = reduce(due, fact);
    expect(kinds(result)).toEqual(['note']);
    expect(result.decisions[0]).toMatchObject({ note: expect.stringContaining('0.49 USDT') });
    expect(result.invoice).toMatchObject({ status: 'open', exceptions: [], received: asset('0.49', 'USDT') });
  });

  it('is noted once, however often it is read', () => {
    const first = reduce(due, counted('0.49', seen)).invoice;
    const again = reduce(first, counted('0.49', { ...seen, asOf: created + minutes(9) }));
    expect(again).toMatchObject({ invoice: first, decisions: [] });
  });

  it.each([
    ['at one per cent', '0.5'],
    ['where nothing at all came', '0'],
  ])('ends %s', (_name, amount) => {
    expect(kinds(reduce(due, counted(amount)))).toEqual(['hold', 'review']);
  });

  it("is what the store's policy says", () => {
    const strict = policySchema.parse({ dustPercent: '0' });
    expect(kinds(reduce(due, counted('0.01'), strict))).toEqual(['hold', 'review']);
  });

  it.each(['expired', 'canceled', 'failed'] as const)('leaves an invoice %s', (status) => {
    const late = counted('0.49', { paidAt: expiry + 1, asOf: expiry + minutes(5) });
    const result = reduce({ ...due, status }, late);
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ status, exceptions: [] });
  });

  it('does not keep the invoice from expiring at a read after its expiry, and only there', () => {
    const dusty = reduce(due, counted('0.49', seen)).invoice;
    const read = (change: Partial<Fact>) =>
      reduce(dusty, counted('0.49', { ...seen, exceptions: ['underpaid'], ...change })).invoice.status;
    expect(read({ asOf: expiry - 1 })).toBe('open');
    expect(read({ asOf: expiry })).toBe('expired');
    expect(read({ asOf: expiry, authority: 'signed' })).toBe('open');
  });

  it('does not make the payment after it look earlier than it was', () => {
    const dusty = reduce(due, counted('0.49', seen)).invoice;
    const late = reduce(dusty, counted('50', { asOf: expiry + minutes(1) }));
    expect(late.invoice.exceptions).toEqual(['late', 'review']);
  });

  it('counts towards the payment after it', () => {
    const result = reduce(reduce(due, counted('0.25', seen)).invoice, counted('50'));
    expect(result.invoice).toMatchObject({ status: 'settled', exceptions: [] });
    expect(kinds(result)).toEqual(['settle']);
  });

  it('is none any more when trifles add up', () => {
    const result = reduce(reduce(due, counted('0.3')).invoice, counted('0.6'));
    expect(kinds(result)).toEqual(['hold', 'review']);
    expect(result.invoice.exceptions).toEqual(['review', 'underpaid']);
  });

  it('brings an invoice back whose money turns out to be one', () => {
    const invoice = reduce(due, counted('0', { ...seen, received: null })).invoice;
    expect(invoice.status).toBe('processing');
    const result = reduce(invoice, counted('0.49', { ...seen, asOf: created + minutes(9) }));
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ status: 'open', firstReceiptAt: null });
    const older = reduce(invoice, counted('0.49', { ...seen, asOf: created }));
    expect(older.invoice.status).toBe('processing');
  });

  it('on top of a held payment is noted and neither holds nor asks again', () => {
    const held = reduce(due, counted('20')).invoice;
    const result = reduce(held, counted('20.4'));
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ ...held, received: asset('20.4', 'USDT') });
    expect(kinds(reduce(held, counted('20.5')))).toEqual(['hold', 'review']);
  });

  it('that does not match is shown to a person and holds nothing', () => {
    const result = reduce(due, counted('0.49', { reference: '101-1-bbbb' }));
    expect(kinds(result)).toEqual(['review']);
    expect(result.invoice.status).toBe('open');
  });
});

describe('a trifle in another asset', () => {
  const onTron = sampleInvoice({ payable: moneySchema.parse({ ...asset('50', 'USDT'), network: 'tron' }) });
  const otherChain = (amount: string) => moneySchema.parse({ ...asset(amount, 'USDT'), network: 'ethereum' });

  it('is one on another network of the same coin', () => {
    const result = reduce(onTron, sampleFact({ received: otherChain('0.49') }));
    expect(kinds(result)).toEqual(['note']);
    expect(reduce(onTron, sampleFact({ received: otherChain('0.5') })).invoice.exceptions).toEqual([
      'review',
      'wrong_asset',
    ]);
  });

  it('is one in the currency the invoice was quoted in', () => {
    expect(kinds(reduce(due, sampleFact({ received: usd('0.49') })))).toEqual(['note']);
    expect(kinds(reduce(due, sampleFact({ received: usd('49') })))).toEqual(['hold', 'review']);
  });

  it('is none where nothing the invoice froze can measure it', () => {
    expect(kinds(reduce(due, sampleFact({ received: asset('0.000001', 'BTC') })))).toEqual([
      'hold',
      'review',
    ]);
  });
});

describe('trifles where each payment has its own amount (GN-7)', () => {
  it('are noted one by one, and each once', () => {
    const one = reduce(sampleInvoice(), payment('1', '0.20'));
    expect(kinds(one)).toEqual(['note']);
    const two = reduce(one.invoice, payment('2', '0.20'));
    expect(kinds(two)).toEqual(['note']);
    expect(two.invoice.received).toEqual(usd('0.4'));
    expect(reduce(two.invoice, payment('1', '0.20'))).toMatchObject({ invoice: two.invoice, decisions: [] });
  });

  it('are none any more when they add up', () => {
    const two = afterAll(sampleInvoice(), [payment('1', '0.20'), payment('2', '0.20')]);
    const third = reduce(two, payment('3', '0.10'));
    expect(kinds(third)).toEqual(['hold', 'review']);
    expect(third.invoice.received).toEqual(usd('0.5'));
  });

  it('count towards the payment after them', () => {
    const dusty = reduce(sampleInvoice(), payment('1', '0.25')).invoice;
    const paid = reduce(dusty, payment('2', '49.75'));
    expect(paid.invoice).toMatchObject({ status: 'settled', exceptions: [] });
    expect(reduce(paid.invoice, payment('1', '0.25')).decisions).toEqual([]);
    expect(reduce(paid.invoice, payment('2', '49.75')).decisions).toEqual([]);
  });

  it('leave money that is held where it is', () => {
    const held = reduce(sampleInvoice(), payment('1', '20')).invoice;
    const result = reduce(held, payment('2', '0.30', { authority: 'api', asOf: created + minutes(9) }));
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ status: 'processing', received: usd('20') });
  });
});

describe('a trifle that is valued at receipt (NFT-1)', () => {
  const nft = sampleInvoice({ quoted: null });
  const valuation = {
    from: asset('1', 'TON').currency,
    to: usd('1').currency,
    value: asset('2.5', 'TON').amount,
    source: 'fixed',
    at: created,
  };

  it('is a note and freezes no rate for the payment after it', () => {
    const result = reduce({ ...nft, valuation }, sampleFact({ received: asset('0.19', 'TON') }));
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ status: 'open', valuation: null });
  });

  it('that cannot be valued is held', () => {
    expect(kinds(reduce(nft, sampleFact({ received: asset('0.19', 'TON') })))).toEqual(['hold', 'review']);
  });
});

describe('a trifle after settlement', () => {
  const settledBy = (fact: Fact, invoice = due) => reduce(invoice, fact).invoice;

  it('as a payment of its own is a note, once', () => {
    const settled = settledBy(payment('1', '50.00'), sampleInvoice());
    const result = reduce(settled, payment('2', '0.30'));
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice.exceptions).toEqual([]);
    expect(reduce(result.invoice, payment('2', '0.30')).decisions).toEqual([]);
  });

  it('as a payment of its own is none any more when trifles add up', () => {
    const settled = settledBy(payment('1', '50.00'), sampleInvoice());
    const result = reduce(reduce(settled, payment('2', '0.30')).invoice, payment('3', '0.30'));
    expect(kinds(result)).toEqual(['note', 'review']);
    expect(result.invoice.exceptions).toEqual(['duplicate_payment']);
  });

  it('on an attested payment is a note', () => {
    const settled = settledBy(sampleFact({ paymentRecord: '1' }), sampleInvoice());
    expect(kinds(reduce(settled, payment('2', '0.30')))).toEqual(['note']);
  });

  it.each([
    ['another transaction', 'tx-2'],
    ['the same transaction', 'tx-1'],
  ])('in the count of %s is a note, once', (_name, transaction) => {
    const settled = settledBy(counted('50', { transaction: 'tx-1' }));
    const more = counted('50.3', { transaction, asOf: created + minutes(9) });
    const result = reduce(settled, more);
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice).toMatchObject({ status: 'settled', exceptions: [] });
    expect(reduce(result.invoice, more).decisions).toEqual([]);
  });

  it('in the count is none any more when trifles add up', () => {
    const settled = settledBy(counted('50', { transaction: 'tx-1' }));
    const result = reduce(
      reduce(settled, counted('50.3', { transaction: 'tx-2' })).invoice,
      counted('50.6', { transaction: 'tx-3' }),
    );
    expect(kinds(result)).toEqual(['note', 'review']);
  });

  it('in excess is a note where more than a trifle was still missing', () => {
    const settled = settledBy(counted('49.75', { transaction: 'tx-1' }));
    const more = counted('50.4', { transaction: 'tx-1', asOf: created + minutes(9) });
    const result = reduce(settled, more);
    expect(kinds(result)).toEqual(['note']);
    expect(result.invoice.exceptions).toEqual([]);
    expect(reduce(result.invoice, more).decisions).toEqual([]);
  });

  it('on top of an overpayment is a note', () => {
    const settled = settledBy(counted('60', { transaction: 'tx-1' }));
    expect(kinds(reduce(settled, counted('60.3', { transaction: 'tx-2' })))).toEqual(['note']);
  });
});

it('trifles alone never hold, review, settle or move anything but to the end', () => {
  const trifle = fc.record({
    status: fc.constantFrom('paid' as const, 'processing' as const),
    final: fc.boolean(),
    authority: fc.constantFrom('api' as const, 'signed' as const),
    amount: fc.integer({ min: 1, max: 4_999 }).map((tenths) => (tenths / 10_000).toFixed(4)),
    asOf: fc.integer({ min: created, max: expiry + minutes(60) }),
    exceptions: fc.constantFrom([], ['underpaid' as const]),
    transaction: fc.constantFrom(null, 'tx-1', 'tx-2'),
  });
  fc.assert(
    fc.property(fc.array(trifle, { maxLength: 8 }), (trifles) => {
      let invoice: Invoice = due;
      for (const { amount, ...change } of trifles) {
        const result = reduce(invoice, counted(amount, change));
        expect(kinds(result).filter((kind) => kind !== 'note')).toEqual([]);
        expect(['open', 'expired']).toContain(result.invoice.status);
        invoice = result.invoice;
      }
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
