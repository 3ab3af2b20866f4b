import type { Decimal } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { JudgedRefund, OrderOutcome, Outcome, Violation } from './outcome.ts';

const times = { expiresAt: 1_000, heardAt: 900 };
const under = { gateway: 'gatenoc', kind: 'under', ...times } as const;
const full = { gateway: 'gatenoc', kind: 'full', ...times } as const;
const late = { gateway: 'cryptopayment-center', kind: 'late', expiresAt: 1_000, heardAt: 1_100 } as const;
const unheard = { ...late, kind: 'full' } as const;
/** Too little at a gateway whose list gives no time, first read after the expiry. */
const readLate = { gateway: 'ton-nft', kind: 'under', expiresAt: 1_000, heardAt: 1_100 } as const;

const order = (change: Partial<OrderOutcome>): OrderOutcome => ({
  number: 1,
  story: 'paid',
  invoices: 1,
  payments: [full],
  fulfilments: 1,
  claim: 'acknowledged',
  refund: null,
  reviews: [],
  ...change,
});

const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  orders: [],
  missingFromInbox: [],
  pendingInbox: 0,
  deadJobs: [],
  crashes: 0,
  ...change,
});

const rulesOf = (of: Outcome): readonly Violation['rule'][] => judge(of).map(({ rule }) => rule);
const rulesFor = (change: Partial<OrderOutcome>) => rulesOf(outcome({ orders: [order(change)] }));

const refund = (change: Partial<JudgedRefund>): Partial<OrderOutcome> => ({
  story: 'refunded',
  // Plain numbers.
  refund: {
    asked: '2.5' as Decimal,
    told: 'done',
    made: '2.5' as Decimal,
    recorded: '2.5' as Decimal,
    ...change,
  },
});
const none = '0' as Decimal;
const silent = { gateway: 'teleport-pay', kind: 'full', expiresAt: 1_000, heardAt: null } as const;
const nothing: Partial<OrderOutcome> = { payments: [], fulfilments: 0, claim: 'none' };

describe('what is right', () => {
  const right: readonly Partial<OrderOutcome>[] = [
    {},
    { story: 'unpaid', ...nothing },
    { story: 'underpaid', ...nothing, payments: [under], reviews: ['underpaid'] },
    { story: 'late', ...nothing, payments: [late], reviews: ['late', 'storefront_refused'] },
    { story: 'paid-again', payments: [full, full], reviews: ['duplicate_payment'] },
    { reviews: ['storefront_unreachable'] },
    { ...nothing, payments: [unheard], reviews: ['late'] },
    { ...nothing, payments: [{ ...unheard, gateway: 'ton-nft' }], reviews: ['late'] },
    { story: 'underpaid', ...nothing, payments: [readLate], reviews: ['underpaid', 'late'] },
    { ...nothing, payments: [silent], reviews: ['no_news'] },
    { story: 'late', ...nothing, payments: [{ ...silent, kind: 'late' }] },
    refund({}),
    refund({ told: 'checking', made: none, recorded: none }),
    { ...refund({ told: 'checking', recorded: none }), reviews: ['refund_unknown'] },
    { ...refund({ told: 'nothing', made: none, recorded: none }), reviews: ['refund_unknown'] },
  ];
  test.each(right)('%j', (change) => {
    expect(rulesFor(change)).toEqual([]);
  });
});

describe('what is wrong', () => {
  const wrong: readonly (readonly [Violation['rule'][], Partial<OrderOutcome>])[] = [
    [['paid-not-fulfilled'], { fulfilments: 0, claim: 'none' }],
    [['paid-not-fulfilled'], { fulfilments: 0, claim: 'acknowledged' }],
    [['fulfilled-more-than-once'], { fulfilments: 2 }],
    [['unpaid-fulfilled'], { story: 'unpaid', payments: [] }],
    [['unpaid-fulfilled', 'anomaly-not-in-review'], { story: 'underpaid', payments: [under] }],
    [['unpaid-fulfilled'], { story: 'late', payments: [late], reviews: ['late'] }],
    [['not-acknowledged'], { claim: 'held' }],
    [['paid-not-fulfilled'], { ...nothing, payments: [unheard] }],
    [['paid-not-fulfilled', 'false-alarm'], { ...nothing, payments: [full], reviews: ['late'] }],
    ...[900, 1_000, null].map((heardAt): readonly [Violation['rule'][], Partial<OrderOutcome>] => [
      ['paid-not-fulfilled', 'false-alarm'],
      { ...nothing, payments: [{ ...unheard, heardAt }], reviews: ['late'] },
    ]),
    [
      ['paid-not-fulfilled'],
      {
        ...nothing,
        payments: [unheard, { ...unheard, heardAt: 900 }],
        reviews: ['late', 'duplicate_payment'],
      },
    ],
    [
      ['false-alarm'],
      {
        story: 'underpaid',
        ...nothing,
        payments: [{ ...readLate, heardAt: 900 }],
        reviews: ['underpaid', 'late'],
      },
    ],
    [['false-alarm'], { payments: [{ ...unheard, gateway: 'ton-nft' }], reviews: ['late'] }],
    [['paid-not-fulfilled'], { ...nothing, payments: [silent] }],
    [['paid-not-fulfilled'], { ...nothing, payments: [{ ...silent, heardAt: 900 }], reviews: ['no_news'] }],
    [['refunded-more-than-asked', 'refund-misrecorded'], refund({ made: '5.00' as Decimal })],
    [['refunded-more-than-asked'], refund({ made: '5.00' as Decimal, recorded: '5' as Decimal })],
    [['refund-not-made', 'refund-misrecorded'], refund({ made: none })],
    [['refund-misrecorded'], refund({ told: 'checking', recorded: none })],
    [['false-alarm'], { reviews: ['refund_unknown'] }],
    [['anomaly-not-in-review'], { story: 'late', ...nothing, payments: [late] }],
    [
      ['anomaly-not-in-review'],
      { story: 'late', ...nothing, payments: [{ ...silent, kind: 'late', heardAt: 1_100 }] },
    ],
    [['anomaly-not-in-review'], { story: 'late', ...nothing, payments: [{ ...late, heardAt: null }] }],
    [['anomaly-not-in-review'], { story: 'paid-again', payments: [full, full] }],
    [['false-alarm'], { reviews: ['duplicate_payment'] }],
    [['false-alarm'], { story: 'unpaid', ...nothing, reviews: ['unmatched'] }],
    [['never-checked-out'], { ...nothing, invoices: 0 }],
  ];
  test.each(wrong)('%j: %j', (rules, change) => {
    expect(rulesFor(change)).toEqual(rules);
  });

  test('of the whole run', () => {
    expect(rulesOf(outcome({ missingFromInbox: ['/webhooks/x'] }))).toEqual(['acknowledged-and-lost']);
    expect(rulesOf(outcome({ pendingInbox: 1 }))).toEqual(['never-applied']);
    expect(rulesOf(outcome({ deadJobs: ['apply-event: x'] }))).toEqual(['job-given-up']);
    expect(rulesOf(outcome({ crashes: 1 }))).toEqual(['bridge-crashed']);
  });
});
