import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authoritySchema, type Fact, factStatusSchema } from '../gateways/fact.ts';
import { minutes } from '../identity/clock.ts';
import { invoiceExceptionSchema } from './exception.ts';
import type { Invoice } from './invoice.ts';
import { defaultPolicy, policySchema } from './policy.ts';
import { reduceFact } from './reduce.ts';
import { asset, created, sampleFact, sampleInvoice, usd } from './sample-invoice.fixture.ts';
import { invoiceStatusSchema } from './status.ts';
import { canMove } from './transition.ts';

const reduce = (invoice: Invoice, fact: Fact, policy = defaultPolicy) =>
  reduceFact(invoice, fact, policy, fact.asOf);
const kinds = (result: ReturnType<typeof reduce>) => result.decisions.map((decision) => decision.kind);
const expiry = created + minutes(30);
const cpc = sampleInvoice({ payable: asset('50', 'USDT') });
const paidWith = (amount: string, change: Partial<Fact> = {}) =>
  sampleFact({ received: asset(amount, 'USDT'), ...change });

describe('a payment in full', () => {
  it('settles an open invoice', () => {
    const result = reduce(sampleInvoice(), sampleFact());
    expect(result.invoice.status).toBe('settled');
    expect(kinds(result)).toEqual(['settle']);
  });

  it('changes nothing the second time, even without an event key', () => {
    const first = reduce(sampleInvoice(), sampleFact());
    const second = reduce(first.invoice, sampleFact());
    expect(second.invoice).toEqual(first.invoice);
    expect(second.decisions).toEqual([]);
  });

  it('is not final while the gateway says so', () => {
    const result = reduce(sampleInvoice(), sampleFact({ final: false, forwarded: false }));
    expect(result.invoice.status).toBe('processing');
    expect(kinds(result)).toEqual(['hold']);
  });

  it('never comes from a hint', () => {
    expect(reduce(sampleInvoice(), sampleFact({ authority: 'hint' })).invoice).toEqual(sampleInvoice());
  });
});

describe('amounts', () => {
  it('holds an underpayment for a person', () => {
    const result = reduce(cpc, paidWith('49.7'));
    expect(result.invoice.status).toBe('processing');
    expect(result.invoice.exceptions).toEqual(['review', 'underpaid']);
    expect(kinds(result)).toEqual(['hold', 'review']);
  });

  it('settles within the tolerance of 0.5 % in assets and notes it', () => {
    const result = reduce(cpc, paidWith('49.75'));
    expect(result.invoice.status).toBe('settled');
    expect(result.decisions).toEqual([
      { kind: 'settle', note: 'Payment received. 0.25 USDT less than asked.' },
    ]);
  });

  it('has no tolerance in fiat', () => {
    const result = reduce(sampleInvoice(), sampleFact({ received: usd('49.99') }));
    expect(result.invoice.exceptions).toContain('underpaid');
  });

  it('settles an overpayment and offers the excess', () => {
    const result = reduce(cpc, paidWith('60'));
    expect(result.invoice.status).toBe('settled');
    expect(result.invoice.exceptions).toEqual(['overpaid']);
  });

  it('treats an excess under 1 % as dust: a note, no exception', () => {
    const result = reduce(cpc, paidWith('50.4'));
    expect(result.invoice.exceptions).toEqual([]);
    expect(result.decisions[0]).toMatchObject({
      kind: 'settle',
      note: expect.stringContaining('0.4 USDT more'),
    });
  });

  it('compares digits no float can hold', () => {
    const due = sampleInvoice({ payable: asset('0.123456789012345678', 'ETH') });
    const policy = policySchema.parse({ underpaymentTolerancePercent: { asset: '0' } });
    const short = sampleFact({ received: asset('0.123456789012345677', 'ETH') });
    expect(reduce(due, short, policy).invoice.exceptions).toContain('underpaid');
  });

  it('settles after a top-up and drops the underpayment', () => {
    const partial = reduce(cpc, paidWith('20')).invoice;
    const full = reduce(partial, paidWith('50'));
    expect(full.invoice.status).toBe('settled');
    expect(full.invoice.exceptions).toEqual([]);
  });

  it('holds another asset', () => {
    const result = reduce(cpc, sampleFact({ received: asset('50', 'USDC') }));
    expect(result.invoice.exceptions).toEqual(['review', 'wrong_asset']);
  });
});

describe('a payment that is valued at receipt (NFT-1)', () => {
  const nft = sampleInvoice({
    quoted: null,
    valuation: {
      from: asset('1', 'TON').currency,
      to: usd('1').currency,
      value: asset('2.5', 'TON').amount,
      source: 'fixed',
      at: created,
    },
  });

  it('settles what is worth the order', () => {
    expect(reduce(nft, sampleFact({ received: asset('20', 'TON') })).invoice.status).toBe('settled');
  });

  it('holds what is worth less', () => {
    expect(reduce(nft, sampleFact({ received: asset('19.9', 'TON') })).invoice.exceptions).toContain(
      'underpaid',
    );
  });

  it('holds what cannot be valued', () => {
    const result = reduce({ ...nft, valuation: null }, sampleFact({ received: asset('20', 'TON') }));
    expect(result.invoice.status).toBe('processing');
    expect(result.invoice.exceptions).toEqual(['review']);
  });
});

describe('what does not match the invoice', () => {
  it.each([
    ['amount_mismatch', { quoted: usd('5.00') }],
    ['currency_mismatch', { quoted: asset('50.00', 'EUR') }],
    ['reference_mismatch', { reference: '101-1-bbbb' }],
    ['reference_mismatch', { gatewayPaymentId: '8' }],
  ] as const)('is held as %s, never settled', (exception, change) => {
    const result = reduce(sampleInvoice(), sampleFact(change));
    expect(result.invoice.status).toBe('processing');
    expect(result.invoice.exceptions).toContain(exception);
    expect(kinds(result)).toEqual(['hold', 'review']);
  });

  it('accepts the same amount written otherwise', () => {
    expect(reduce(sampleInvoice(), sampleFact({ quoted: usd('50') })).invoice.status).toBe('settled');
  });
});

describe('time', () => {
  it("goes by the gateway's own paid time, not by ours", () => {
    const fact = sampleFact({ paidAt: expiry - 1, asOf: expiry + minutes(90) });
    expect(reduce(sampleInvoice(), fact).invoice.status).toBe('settled');
  });

  it('holds a late payment', () => {
    const expired = sampleInvoice({ status: 'expired' });
    const result = reduce(expired, sampleFact({ paidAt: expiry + 1, asOf: expiry + minutes(1) }));
    expect(result.invoice.status).toBe('processing');
    expect(result.invoice.exceptions).toEqual(['late', 'review']);
  });

  it('accepts a late payment where the policy says so and the gateway gives the time', () => {
    const policy = policySchema.parse({ latePayment: 'accept' });
    const result = reduce(sampleInvoice({ status: 'expired' }), sampleFact({ paidAt: expiry + 1 }), policy);
    expect(result.invoice).toMatchObject({ status: 'settled', exceptions: ['late'] });
  });

  it('asks a person where only our receipt time tells', () => {
    const policy = policySchema.parse({ latePayment: 'accept' });
    const result = reduce(sampleInvoice({ status: 'expired' }), sampleFact({ asOf: expiry + 1 }), policy);
    expect(result.invoice.status).toBe('processing');
  });

  it('is not late when the money was seen before the expiry', () => {
    const seen = reduce(cpc, paidWith('50', { status: 'processing', final: false })).invoice;
    expect(reduce(seen, paidWith('50', { asOf: expiry + minutes(5) })).invoice.status).toBe('settled');
  });

  it('goes by the first sight of the money where the gateway only gives the time of its report', () => {
    const seen = reduce(cpc, paidWith('50', { status: 'processing', final: false })).invoice;
    const reported = paidWith('50', { paidAt: expiry + minutes(5), asOf: expiry + minutes(5) });
    expect(reduce(seen, reported).invoice.status).toBe('settled');
  });

  it('expires only by a read that began after the expiry', () => {
    const open = (asOf: number) =>
      sampleFact({ authority: 'api', status: 'open', received: null, final: false, asOf });
    expect(reduce(sampleInvoice(), open(expiry - 1)).invoice.status).toBe('open');
    expect(reduce(sampleInvoice(), open(expiry)).invoice.status).toBe('expired');
  });
});

describe('after settlement', () => {
  const settled = reduce(sampleInvoice(), sampleFact({ paymentRecord: '42' })).invoice;

  it('a second payment record is a double payment (GN-7)', () => {
    const result = reduce(settled, sampleFact({ paymentRecord: '43' }));
    expect(result.invoice.exceptions).toEqual(['duplicate_payment']);
    expect(kinds(result)).toEqual(['note', 'review']);
  });

  describe('where the gateway counts up what came in', () => {
    const first = sampleFact({ authority: 'api', received: asset('50', 'USDT'), transaction: 'tx-1' });
    const counted = reduce(sampleInvoice({ payable: asset('50', 'USDT') }), first).invoice;
    const later = { authority: 'api', asOf: created + minutes(9) } as const;

    it('more that is on its way is no reorg, and settles nothing', () => {
      const coming = sampleFact({
        ...later,
        status: 'processing',
        final: false,
        received: asset('100', 'USDT'),
        transaction: 'tx-2',
      });
      expect(reduce(counted, coming)).toMatchObject({ invoice: counted, decisions: [] });
    });

    it('the same amount that is not final any more is one', () => {
      const back = sampleFact({
        ...later,
        status: 'processing',
        final: false,
        received: asset('50', 'USDT'),
      });
      expect(reduce(counted, back).invoice.exceptions).toEqual(['reorged']);
    });

    it('a second transaction is a double payment', () => {
      const paid = sampleFact({ ...later, received: asset('100', 'USDT'), transaction: 'tx-2' });
      const result = reduce(counted, paid);
      expect(result.invoice).toMatchObject({ status: 'settled', exceptions: ['duplicate_payment'] });
      expect(result.invoice.received).toEqual(asset('100', 'USDT'));
      expect(kinds(result)).toEqual(['note', 'review']);
      expect(kinds(reduce(result.invoice, paid))).toEqual([]);
    });

    it('more under the same transaction is overpaid, once', () => {
      const more = sampleFact({ ...later, received: asset('75', 'USDT'), transaction: 'tx-1' });
      const result = reduce(counted, more);
      expect(result.invoice).toMatchObject({ status: 'settled', exceptions: ['overpaid'] });
      expect(kinds(result)).toEqual(['note', 'review']);
      expect(kinds(reduce(result.invoice, more))).toEqual([]);
    });
  });

  it('paid, then failed keeps settled and asks a person', () => {
    const result = reduce(settled, sampleFact({ status: 'failed', wireStatus: 'failed' }));
    expect(result.invoice.status).toBe('settled');
    expect(kinds(result)).toEqual(['review']);
  });

  it('a reordered expiry changes nothing', () => {
    const result = reduce(settled, sampleFact({ status: 'expired', wireStatus: 'expired' }));
    expect(result).toMatchObject({ invoice: settled, decisions: [] });
  });

  it('a read that denies the payment marks a reorg', () => {
    const denial = sampleFact({
      authority: 'api',
      status: 'open',
      received: null,
      asOf: created + minutes(9),
    });
    expect(reduce(settled, denial).invoice).toMatchObject({ status: 'settled', exceptions: ['reorged'] });
  });

  it.each(['open', 'processing', 'expired', 'failed'] as const)(
    'a read that began before and says %s cannot contradict it',
    (status) => {
      const older = sampleFact({ authority: 'api', status, received: null, final: false, asOf: created });
      expect(reduce(settled, older)).toMatchObject({ invoice: settled, decisions: [] });
    },
  );
});

describe('in progress', () => {
  it('a dropped transaction opens the invoice again', () => {
    const seen = reduce(cpc, paidWith('50', { status: 'processing', final: false })).invoice;
    const dropped = sampleFact({
      authority: 'api',
      status: 'open',
      received: null,
      final: false,
      asOf: created + minutes(10),
    });
    expect(reduce(seen, dropped).invoice).toMatchObject({
      status: 'open',
      received: null,
      firstReceiptAt: null,
    });
  });

  it('manual_confirmation is held with its reasons', () => {
    const fact = sampleFact({
      status: 'processing',
      final: false,
      received: null,
      exceptions: ['underpaid', 'review'],
    });
    expect(reduce(sampleInvoice(), fact).invoice).toMatchObject({
      status: 'processing',
      exceptions: ['review', 'underpaid'],
    });
  });

  it('an unknown status is reviewed and changes nothing', () => {
    const result = reduce(sampleInvoice(), sampleFact({ status: 'unknown', wireStatus: 'frozen' }));
    expect(result.invoice).toEqual(sampleInvoice());
    expect(kinds(result)).toEqual(['review']);
  });
});

const anyFact = fc.record({
  authority: fc.constantFrom(...authoritySchema.options),
  status: fc.constantFrom(...factStatusSchema.options),
  final: fc.boolean(),
  received: fc.constantFrom(
    null,
    'attested' as const,
    usd('50.00'),
    usd('1'),
    usd('51'),
    asset('50', 'USDT'),
  ),
  quoted: fc.constantFrom(null, usd('50'), usd('49')),
  paidAt: fc.constantFrom(null, created, expiry, expiry + 1),
  asOf: fc.integer({ min: created, max: expiry * 1 + minutes(60) }),
  exceptions: fc.subarray([...invoiceExceptionSchema.options], { maxLength: 2 }),
  paymentRecord: fc.constantFrom(null, '1', '2'),
});

describe('for any sequence of facts', () => {
  it('every step is in the transition table, settled stays, and one settle is decided at most', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...invoiceStatusSchema.options),
        fc.array(anyFact, { maxLength: 12 }),
        (status, facts) => {
          let invoice = sampleInvoice({ status });
          let settles = 0;
          for (const fact of facts) {
            const result = reduce(invoice, sampleFact(fact));
            if (result.invoice.status !== invoice.status)
              expect(canMove(invoice.status, result.invoice.status)).toBe(true);
            settles += result.decisions.filter((decision) => decision.kind === 'settle').length;
            invoice = result.invoice;
          }
          expect(settles).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 20261121, numRuns: 2_000 },
    );
  });
});
