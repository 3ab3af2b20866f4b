import { invoiceExceptionSchema } from '@gatewright/payment-core';
import { describe, expect, it, test } from 'vitest';
import type { InvoiceView, PaymentView, ReviewAnswerItem } from '../../api/admin/gatewright/shapes.ts';
import { detailWords, eventWords } from './event-words.ts';
import { kindWords } from './kind-words.ts';
import { currentInvoice, standingWords } from './status-words.ts';

const invoice = (change: Partial<InvoiceView> = {}): InvoiceView => ({
  id: 'one',
  n: 1,
  account: 'pp_gatewright_main',
  gateway: 'crypto-pay',
  title: 'Crypto Pay',
  method: null,
  status: 'open',
  exceptions: [],
  superseded: false,
  paid_the_order: false,
  amount: { amount: '50', currency: 'USD' },
  asked: null,
  received: null,
  difference: null,
  refunded: null,
  network: null,
  reference: 'r',
  gateway_payment: null,
  transaction: null,
  transaction_url: null,
  confirmations: null,
  refunds_by: 'hand',
  created_at: '2026-11-21T17:00:00.000Z',
  expires_at: '2026-11-21T18:00:00.000Z',
  settled_at: null,
  last_read_at: null,
  timeline: [],
  refunds: [],
  ...change,
});

const review = (resolution: ReviewAnswerItem['resolution']): ReviewAnswerItem => ({
  id: 'r',
  kind: 'underpaid',
  order_key: 'cart',
  order_id: null,
  invoice: 'one',
  account: null,
  detail: '',
  opened_at: '2026-11-21T17:00:00.000Z',
  resolution,
});

const payment = (change: Partial<PaymentView> = {}): PaymentView => ({
  order_key: 'cart',
  state: 'open',
  paid: false,
  booked: false,
  amount: null,
  deadline: null,
  pay_url: null,
  invoices: [invoice()],
  instructions: [],
  reviews: [],
  ...change,
});

describe('how a payment stands', () => {
  const standing = (change: Partial<PaymentView>) => standingWords(payment(change)).text;

  it('says what waits for a person before anything else', () => {
    expect(standing({ reviews: [review(null)], booked: true, paid: true })).toBe('Needs your decision');
    const decided = { by: 'ann', reason: 'x', decision: 'ignored', at: '2026-11-21T17:00:00.000Z' };
    expect(standing({ reviews: [review(decided)] })).toBe('Waiting for the payment');
  });

  it('says paid only once Medusa has booked it', () => {
    expect(standing({ paid: true, invoices: [invoice({ status: 'settled' })] })).toBe('Paid, being booked');
    expect(standing({ paid: true, booked: true })).toBe('Paid');
  });

  it('offers no payment of an order that has ended', () => {
    expect(standing({ state: 'ended' })).toBe('Can no longer be paid');
    expect(standing({ state: 'ended', invoices: [invoice({ status: 'expired' })] })).toBe('Expired');
    expect(standing({ invoices: [] })).toBe('Not started');
  });

  it('is about the attempt that paid, also where a newer one exists', () => {
    const paid = invoice({ id: 'first', paid_the_order: true });
    expect(currentInvoice(payment({ invoices: [paid, invoice({ id: 'second' })] }))?.id).toBe('first');
    expect(currentInvoice(payment({ invoices: [invoice(), invoice({ id: 'second' })] }))?.id).toBe('second');
  });
});

test('every exception has words of its own', () => {
  for (const exception of invoiceExceptionSchema.options)
    expect(kindWords(exception)).not.toBe(exception.replaceAll('_', ' '));
  expect(kindWords('something_new')).toBe('something new');
});

test('what the gateway said is told without our own words for it', () => {
  expect(detailWords('api "paid": paid in full.')).toBe('Paid in full. The gateway said "paid".');
  expect(detailWords('signed "x": money seen, not final')).toBe(
    'Money seen, not final. The gateway said "x".',
  );
  expect(detailWords('created at the gateway')).toBe('created at the gateway');
});

test.each([
  ['creating → open', 'Waiting for the payment'],
  ['processing → processing', 'News from the gateway'],
  ['settle told to the shop', 'Medusa booked the payment'],
  ['settle refused by the shop', 'Medusa refused it'],
  ['refund unknown', 'Refund sent, its answer was lost'],
  ['review resolved: refund_due', 'Decided: A refund is due'],
  ['refund recorded in the shop', 'Refund recorded in Medusa'],
  ['something new', 'something new'],
])('the event "%s" reads "%s"', (event, text) => {
  expect(eventWords(event)).toBe(text);
});
