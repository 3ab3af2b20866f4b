import { describe, expect, it } from 'vitest';
import type { Fact } from '../gateways/fact.ts';
import { minutes } from '../identity/clock.ts';
import type { Invoice } from './invoice.ts';
import { defaultPolicy } from './policy.ts';
import { reduceFact } from './reduce.ts';
import { asset, created, sampleFact, sampleInvoice } from './sample-invoice.fixture.ts';

const reduce = (invoice: Invoice, fact: Fact) => reduceFact(invoice, fact, defaultPolicy, fact.asOf);

const expiry = created + minutes(30);
const seenAt = created + minutes(5);

/** Money that was counted and is not final. */
const seen = reduce(
  sampleInvoice({ payable: asset('50', 'USDT') }),
  sampleFact({ status: 'processing', final: false, received: asset('50', 'USDT'), asOf: seenAt }),
).invoice;

const expired = (change: Partial<Fact> = {}): Fact =>
  sampleFact({
    authority: 'api',
    status: 'expired',
    wireStatus: 'expired',
    final: false,
    received: null,
    asOf: expiry + minutes(1),
    ...change,
  });

describe('money that was seen, dropped, and followed by the expiry before anybody looked', () => {
  it('leaves an expired invoice and nothing for a person to decide', () => {
    const result = reduce(seen, expired());
    expect(result.invoice).toMatchObject({
      status: 'expired',
      received: null,
      firstReceiptAt: null,
      exceptions: [],
    });
    expect(result.decisions.map(({ kind }) => kind)).toEqual(['note']);
  });

  it('is late when it comes again, so a person looks', () => {
    const again = sampleFact({
      authority: 'api',
      received: asset('50', 'USDT'),
      paidAt: expiry + minutes(9),
      asOf: expiry + minutes(10),
    });
    expect(reduce(reduce(seen, expired()).invoice, again).invoice).toMatchObject({
      status: 'processing',
      exceptions: ['late', 'review'],
    });
  });

  it.each([
    ['a signed message says no amounts', seen, { authority: 'signed' }],
    ['the answer is older than the money', seen, { asOf: seenAt }],
    ['the gateway has never counted what came', { ...seen, received: null }, {}],
    ['the gateway cancelled it', seen, { status: 'canceled' }],
    ['a person was asked about it before', { ...seen, exceptions: ['late', 'review'] }, {}],
  ] as const)('waits for a person where %s', (_why, before, change) => {
    const result = reduce(before, expired(change));
    expect(result.invoice.status).toBe('processing');
    expect(result.decisions.map(({ kind }) => kind)).toEqual(['review']);
  });
});
