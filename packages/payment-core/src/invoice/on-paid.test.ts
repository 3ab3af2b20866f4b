import { describe, expect, it } from 'vitest';
import { minutes } from '../identity/clock.ts';
import type { InvoiceException } from './exception.ts';
import type { Invoice } from './invoice.ts';
import { defaultPolicy } from './policy.ts';
import { reduceFact } from './reduce.ts';
import { created, sampleFact, sampleInvoice } from './sample-invoice.fixture.ts';

const now = created + minutes(40);

/** A read after the expiry saw money of an unknown time, and a person was asked. */
const asked = (exceptions: readonly InvoiceException[], change: Partial<Invoice> = {}) =>
  sampleInvoice({ status: 'processing', exceptions, firstReceiptAt: created + minutes(31), ...change });

const inTime = sampleFact({ paidAt: created + minutes(29), asOf: now });
const { id } = sampleInvoice();
const reason = 'the gateway has said what came and when';

describe('the gateway says when money came that a person was asked about (invariant 10)', () => {
  it('in time: it is settled, and nobody needs to look any more', () => {
    const { invoice, decisions } = reduceFact(asked(['late', 'review']), inTime, defaultPolicy, now);
    expect(invoice).toMatchObject({ status: 'settled', exceptions: [] });
    expect(decisions).toEqual([
      { kind: 'settle', note: 'Payment received.' },
      { kind: 'close', key: `late:${id}`, reason },
      { kind: 'close', key: `review:${id}`, reason },
    ]);
  });

  it('late: the person who was asked decides', () => {
    const late = { ...inTime, paidAt: created + minutes(30) + 1 };
    const { invoice, decisions } = reduceFact(asked(['late', 'review']), late, defaultPolicy, now);
    expect(invoice).toMatchObject({ status: 'processing', exceptions: ['late', 'review'] });
    expect(decisions).toEqual([]);
  });

  it('late, in a store that accepts it: it stays marked as late', () => {
    const late = { ...inTime, paidAt: created + minutes(30) + 1 };
    const accepting = { ...defaultPolicy, latePayment: 'accept' } as const;
    const { invoice, decisions } = reduceFact(asked(['late', 'review']), late, accepting, now);
    expect(invoice).toMatchObject({ status: 'settled', exceptions: ['late'] });
    expect(decisions).not.toContainEqual({ kind: 'close', key: `late:${id}`, reason });
  });

  it('of one of several payments: the question may be about another one, and stays', () => {
    const second = { ...inTime, paymentRecord: 'second' };
    const before = asked(['late', 'review'], { paymentRecords: ['first'] });
    const { invoice, decisions } = reduceFact(before, second, defaultPolicy, now);
    expect(invoice).toMatchObject({ status: 'settled', exceptions: ['late'] });
    expect(decisions.map(({ kind }) => kind)).toEqual(['settle']);
  });

  it('enough by several payments together: the first is no question any more, and when each came stays asked', () => {
    const rest = { ...inTime, paymentRecord: 'second' };
    const before = asked(['late', 'review', 'underpaid'], { paymentRecords: ['first'] });
    const { invoice, decisions } = reduceFact(before, rest, defaultPolicy, now);
    expect(invoice).toMatchObject({ status: 'settled', exceptions: ['late'] });
    expect(decisions).toEqual([
      { kind: 'settle', note: 'Payment received.' },
      { kind: 'close', key: `underpaid:${id}`, reason },
    ]);
  });

  it('asks for no look at the review queue where nobody was asked', () => {
    const { decisions } = reduceFact(sampleInvoice(), inTime, defaultPolicy, now);
    expect(decisions.map(({ kind }) => kind)).toEqual(['settle']);
  });
});
