import {
  gatewayById,
  type Invoice,
  invoiceExceptionSchema,
  invoiceIdSchema,
  invoiceStatusSchema,
  minutes,
  type PageSnapshot,
} from '@gatewright/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attempt,
  claim,
  eur,
  money,
  now,
  onTron,
  order,
  page,
  refund,
  settled,
  snapshot,
  usdtOnTron,
} from '../../test/gallery/rows.ts';
import { needsOffers, shopperState } from './shopper-state.ts';

const stateOf = (rows: PageSnapshot, at = now) => shopperState(rows, at, gatewayById);
const withAttempt = (change: Partial<Invoice>, rest: Partial<PageSnapshot> = {}) =>
  stateOf(snapshot({ attempts: [attempt(change)], ...rest }));
const ended = order({ state: 'ended' });

describe('before any money', () => {
  it('chooses where there is no attempt, or only superseded ones', () => {
    expect(stateOf(snapshot({ order: undefined })).kind).toBe('choose');
    expect(withAttempt({ superseded: true }).kind).toBe('choose');
  });

  it('has ended with the order, or at its deadline, whoever knows it', () => {
    expect(stateOf(snapshot({ order: ended })).kind).toBe('ended');
    expect(stateOf(snapshot({ order: order({ deadline: now }) })).kind).toBe('ended');
    expect(stateOf(snapshot({ order: undefined, page: page({ orderDeadline: now }) })).kind).toBe('ended');
    expect(stateOf(snapshot({ order: undefined, page: page({ orderDeadline: null }) })).kind).toBe('choose');
  });

  it('waits on an open attempt, past the deadline too, but not on an order that the shop ended', () => {
    expect(withAttempt({}).kind).toBe('waiting');
    expect(withAttempt({}, { order: order({ deadline: now - 1 }) }).kind).toBe('waiting');
    expect(withAttempt({}, { order: ended }).kind).toBe('ended');
  });

  it('does not call an attempt expired by the clock alone (invariant 10)', () => {
    expect(withAttempt({ expiresAt: now })).toEqual({ kind: 'time-up', canPayAgain: true });
    expect(withAttempt({ status: 'expired' })).toEqual({ kind: 'expired', canPayAgain: true });
  });

  it('prepares for as long as the create call has its lease, then offers another try', () => {
    expect(withAttempt({ status: 'creating', createdAt: now - 44_999 }).kind).toBe('preparing');
    expect(withAttempt({ status: 'creating', createdAt: now - 45_000 })).toEqual({
      kind: 'failed',
      canPayAgain: true,
    });
  });

  it.each([
    ['expired', 'expired'],
    ['canceled', 'cancelled'],
    ['failed', 'failed'],
  ] as const)('invariant 9: %s ends the attempt, the order can be paid until its own end', (status, kind) => {
    expect(withAttempt({ status })).toEqual({ kind, canPayAgain: true });
    expect(withAttempt({ status }, { order: ended })).toEqual({ kind, canPayAgain: false });
  });
});

describe('an attempt for another amount than the page has now', () => {
  const dearer = { page: page({ amount: eur('59.90') }) };

  it('is not paid any more: the shopper chooses again', () => {
    expect(withAttempt({}, dearer)).toEqual({ kind: 'choose' });
    expect(withAttempt({}, { page: page({ amount: money('49.90', 'USD') }) })).toEqual({ kind: 'choose' });
  });

  it('is the same amount however it is written', () => {
    expect(withAttempt({}, { page: page({ amount: eur('49.9') }) }).kind).toBe('waiting');
  });

  it('is not offered anew by an order that is over', () => {
    expect(withAttempt({}, { ...dearer, order: ended })).toEqual({ kind: 'ended' });
    expect(withAttempt({}, { ...dearer, order: order({ deadline: now }) })).toEqual({ kind: 'ended' });
  });

  it('gives way to the one that is being made for the new amount', () => {
    const made = attempt({ n: 2, status: 'creating', createdAt: now - 1_000, order: eur('59.90') });
    const attempts = [attempt({ superseded: true }), made];
    expect(stateOf(snapshot({ ...dearer, attempts })).kind).toBe('preparing');
  });

  it('is still being prepared, has still run out of time, has still expired', () => {
    expect(withAttempt({ status: 'creating', createdAt: now - 1_000 }, dearer).kind).toBe('preparing');
    expect(withAttempt({ expiresAt: now }, dearer)).toEqual({ kind: 'time-up', canPayAgain: true });
    expect(withAttempt({ status: 'expired' }, dearer)).toEqual({ kind: 'expired', canPayAgain: true });
  });

  it('keeps the page as soon as money is on it', () => {
    expect(withAttempt({ status: 'processing' }, dearer).kind).toBe('seen');
    expect(stateOf(settled({}, dearer)).kind).toBe('paid');
    expect(stateOf(settled({}, { ...dearer, claim: undefined })).kind).toBe('held');
  });
});

describe('money on its way', () => {
  it('is seen, with the confirmations that are known', () => {
    expect(withAttempt({ status: 'processing' })).toEqual({ kind: 'seen', confirmations: null });
    const confirmations = { received: 2, required: 19 };
    expect(withAttempt({ status: 'processing', confirmations })).toEqual({ kind: 'seen', confirmations });
  });

  it('comes first, on a superseded attempt too', () => {
    const rows = snapshot({
      attempts: [attempt({ status: 'processing', superseded: true }), attempt({ n: 2 })],
    });
    expect(stateOf(rows).kind).toBe('seen');
  });

  it('is late, or held for a person, or both: then held', () => {
    expect(withAttempt({ status: 'processing', exceptions: ['late', 'review'] }).kind).toBe('late');
    expect(withAttempt({ status: 'processing', exceptions: ['review'] }).kind).toBe('held');
    expect(withAttempt({ status: 'processing', exceptions: ['late', 'wrong_asset', 'review'] }).kind).toBe(
      'held',
    );
  });

  const short = (change: Partial<Invoice> = {}, rest: Partial<PageSnapshot> = {}) =>
    stateOf(
      snapshot({
        attempts: [
          onTron({
            status: 'processing',
            exceptions: ['review', 'underpaid'],
            received: usdtOnTron('20.50'),
            ...change,
          }),
        ],
        ...rest,
      }),
    );

  it('asks for exactly the rest where the gateway adds it up', () => {
    expect(short()).toMatchObject({
      kind: 'underpaid',
      received: usdtOnTron('20.50'),
      required: usdtOnTron('54.12'),
      rest: usdtOnTron('33.62'),
    });
  });

  it('computes the rest with digits that no float can hold', () => {
    const ether = (amount: string) => money(amount, 'ETH', 'ethereum');
    const state = short({ payable: ether('0.123456789012345678'), received: ether('0.100000000000000001') });
    expect(state).toMatchObject({ rest: { amount: '0.023456789012345677' } });
  });

  it.each([
    ['the gateway takes no more on the same invoice', { gateway: 'teleport-pay' }, {}],
    ['there is no address to send to', { address: null }, {}],
    ['another attempt took its place', { superseded: true }, {}],
    ['nobody watches it any more', { monitorUntil: now }, {}],
    ['the shop ended the order', {}, { order: ended }],
    ['it came late too', { exceptions: ['late', 'review', 'underpaid'] as const }, {}],
    ['another asset came', { received: money('20.5', 'USDT', 'bsc') }, {}],
    ['nobody knows how much came', { received: null }, {}],
  ])('asks for nothing where %s', (_why, change, rest) => {
    expect(short(change, rest)).toMatchObject({ kind: 'underpaid', rest: null });
  });
});

describe('paid', () => {
  it('only by the claim (invariant 3)', () => {
    expect(stateOf(settled())).toEqual({ kind: 'paid', refunded: null, twice: false });
    expect(stateOf(settled({}, { claim: undefined })).kind).toBe('held');
    expect(stateOf(settled({}, { claim: claim({ state: 'released' }) })).kind).toBe('held');
  });

  it('stays so before the shop has acknowledged it, unless the shop would not book it', () => {
    const unacknowledged = claim({ state: 'held' });
    expect(stateOf(settled({}, { claim: unacknowledged })).kind).toBe('paid');
    expect(stateOf(settled({ exceptions: ['review'] }, { claim: unacknowledged })).kind).toBe('held');
    expect(stateOf(settled({ exceptions: ['review'] })).kind).toBe('paid');
  });

  it('says what was too much, in what was sent', () => {
    const over = onTron({ status: 'settled', exceptions: ['overpaid'], received: usdtOnTron('60') });
    expect(stateOf(snapshot({ claim: claim(), attempts: [over] }))).toEqual({
      kind: 'overpaid',
      excess: usdtOnTron('5.88'),
    });
    const valued = { quoted: null, received: money('30', 'TON'), exceptions: ['overpaid'] as const };
    expect(stateOf(settled(valued))).toEqual({ kind: 'overpaid', excess: null });
  });

  it('tells of a second payment, on whichever attempt it came', () => {
    const second = attempt({
      id: invoiceIdSchema.parse('invoice_bbbbbbbbbbbbbbbb'),
      status: 'settled',
      exceptions: ['duplicate_payment'],
    });
    const rows = settled();
    expect(stateOf({ ...rows, attempts: [...rows.attempts, second] })).toMatchObject({
      kind: 'paid',
      twice: true,
    });
  });

  it('is refunded when the whole order was, by what was really sent back (invariant 17)', () => {
    const refunds = [
      refund({ orderAmount: eur('40.00') }),
      refund({ refundId: 'b', orderAmount: eur('9.90'), state: 'manual' }),
    ];
    expect(stateOf(settled({}, { refunds }))).toEqual({ kind: 'refunded', amount: eur('49.9') });
    expect(stateOf(settled({}, { refunds: refunds.slice(0, 1) }))).toMatchObject({
      kind: 'paid',
      refunded: eur('40.00'),
    });
    const unresolved = refund({ state: 'unknown' });
    expect(stateOf(settled({}, { refunds: [unresolved] }))).toMatchObject({ kind: 'paid', refunded: null });
  });
});

describe('for any rows', () => {
  const exceptions = fc.subarray([...invoiceExceptionSchema.options]);
  const anyAttempt = fc.record({
    status: fc.constantFrom(...invoiceStatusSchema.options),
    exceptions,
    superseded: fc.boolean(),
    expiresAt: fc.constantFrom(now - minutes(5), now + minutes(5)),
    createdAt: fc.constantFrom(now - minutes(30), now - 1_000),
    received: fc.constantFrom(null, usdtOnTron('20'), usdtOnTron('54.12'), eur('3')),
    address: fc.constantFrom(null, 'TXJgMdjVX5dKiQaUi9QobwNxtSQaFqccvd'),
  });
  const anyRows = fc.record({
    attempts: fc.array(anyAttempt, { maxLength: 3 }),
    claimed: fc.constantFrom(null, 'held', 'acknowledged', 'released' as const),
    over: fc.boolean(),
    amount: fc.constantFrom('49.90', '59.90'),
  });

  it('never says paid without a claim, nor offers to pay what has money on it or is over', () => {
    fc.assert(
      fc.property(anyRows, ({ attempts, claimed, over, amount }) => {
        const rows = snapshot({
          attempts: attempts.map((change) => onTron(change)),
          claim: claimed === null ? undefined : claim({ state: claimed }),
          order: over ? ended : order(),
          page: page({ amount: eur(amount) }),
        });
        const state = stateOf(rows);
        const taken = claimed === 'held' || claimed === 'acknowledged';
        if (state.kind === 'paid' || state.kind === 'overpaid' || state.kind === 'refunded')
          expect(taken).toBe(true);
        const money = attempts.some(({ status }) => status === 'processing' || status === 'settled');
        if (needsOffers(state)) expect(taken || money || over).toBe(false);
        if (state.kind === 'waiting') expect(state.invoice.order.amount).toBe(amount);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(
    invoiceStatusSchema.options.flatMap((status) =>
      [null, ...invoiceExceptionSchema.options].map((exception) => [status, exception] as const),
    ),
  )('%s with %s has a state', (status, exception) => {
    const exceptions = exception === null ? [] : [exception];
    const kinds = [order(), ended, undefined].map(
      (row) => stateOf(snapshot({ order: row, attempts: [onTron({ status, exceptions })] })).kind,
    );
    expect(kinds.every((kind) => typeof kind === 'string')).toBe(true);
    if (status === 'processing') expect(kinds).not.toContain('waiting');
  });
});
