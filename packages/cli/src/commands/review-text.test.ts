import {
  accountIdSchema,
  invoiceIdSchema,
  orderKeySchema,
  parseCurrency,
  parseDecimal,
  type ReviewReport,
  storeIdSchema,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { explanationLines } from './review-text.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();

const money = (digits: string, code: string) => {
  const [amount, currency] = [parseDecimal(digits), parseCurrency(code)];
  if (amount === undefined || currency === undefined) throw new Error('no money');
  return { amount, currency };
};

type Attempt = ReviewReport['attempts'][number];

const report = (change: Partial<ReviewReport> = {}, attempt: Partial<Attempt> = {}): ReviewReport => {
  const store = storeIdSchema.parse('store');
  const account = accountIdSchema.parse('account');
  const invoice = invoiceIdSchema.parse('invoice-000000001');
  const order = orderKeySchema.parse('7');
  return {
    review: {
      id: 'r',
      store,
      kind: 'underpaid',
      order,
      invoice,
      account,
      detail: 'Less than asked.',
      openedAt: at(3),
      resolution: null,
    },
    attempts: [
      {
        invoice,
        n: 1,
        gateway: 'gatenoc',
        account,
        mode: 'test',
        method: null,
        reference: '7-1-x',
        gatewayPaymentId: null,
        status: 'processing',
        exceptions: ['review', 'underpaid'],
        superseded: false,
        ambiguous: false,
        order: money('50.00', 'USD'),
        asked: null,
        received: null,
        payments: [],
        confirmations: null,
        createdAt: at(0),
        expiresAt: at(30),
        firstReceiptAt: null,
        settledAt: null,
        lastReadAt: null,
        timeline: [4, 9, 14].map((minute) => ({ at: at(minute), event: 'still', detail: 'less' })),
        ...attempt,
      },
    ],
    claim: null,
    instructions: [],
    refunds: [],
    ...change,
  };
};

const claimed = (state: 'held' | 'acknowledged' | 'released') => {
  const { attempts } = report();
  const [first] = attempts;
  if (first === undefined) throw new Error('no attempt');
  return report({ claim: { invoice: first.invoice, state, at: at(5) } });
};

describe('an explanation in lines', () => {
  it('says once what was repeated, in the order of time', () => {
    const lines = explanationLines(report());
    expect(lines.filter((line) => line.startsWith('2026'))).toEqual([
      '2026-06-01 12:00:00  attempt 1    started: 50.00 USD over gatenoc, to be paid until 2026-06-01 12:30:00',
      '2026-06-01 12:03:00  review       opened: Less than asked.',
      '2026-06-01 12:04:00  attempt 1    still: less (3 times, last 2026-06-01 12:14:00)',
    ]);
  });

  it.each([
    ['held', 'is claimed by attempt 1; the shop has not confirmed it', false],
    ['acknowledged', 'is paid by attempt 1; the shop has confirmed it', false],
    ['released', 'was released: the shop booked nothing', true],
  ] as const)(
    'says who has paid when the claim is %s, and offers what can be done',
    (state, words, accept) => {
      const text = explanationLines(claimed(state)).join('\n');
      expect(text).toContain(words);
      expect(text.includes('--accept 50.00')).toBe(accept);
      expect(text).toContain(
        accept ? '--reason "WHY" --accept 50.00' : '--reason "WHY" --refund-noted AMOUNT',
      );
    },
  );

  it('offers nothing once it is resolved', () => {
    const resolution = { by: 'ann', reason: 'agreed', decision: 'ignored', at: at(20) };
    const { review } = report();
    const text = explanationLines(report({ review: { ...review, resolution } })).join('\n');
    expect(text).toContain('2026-06-01 12:20:00  review       ignored by ann: agreed');
    expect(text).not.toContain('--ignore');
  });
});
