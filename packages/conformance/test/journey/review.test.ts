import {
  explainReview,
  moneySchema,
  type ReviewDecision,
  resolveReview,
  storeIdSchema,
} from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const minutes = (count: number) => count * 60_000;
const store = storeIdSchema.parse('store-1');
const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });
let stage: Stage;
beforeEach(async () => {
  stage = await openStage('cryptopayment-center');
});
afterEach(() => stage.stop());

const order = () => stage.shop.orders.get('1');
const underpaid = async () => {
  const invoice = await stage.invoice('1', '50.00', 'trc20');
  await stage.simulators.gateways['cryptopayment-center'].shopper.underpay(stage.paymentOf(invoice));
  await stage.live(minutes(25));
  const review = (await stage.reviews())[0];
  if (!review) throw new Error('no review');
  return { invoice, review };
};
const resolve = (review: string, decision: ReviewDecision, reason = 'talked to the shopper') =>
  resolveReview(stage.ports, { store, review, by: 'ann', reason, decision });

describe('a review item', () => {
  it('accepted, the order is paid once and says who did it', async () => {
    const { invoice, review } = await underpaid();
    expect(await resolve(review.id, { kind: 'accept', amount: usd('50.00') })).toEqual({ ok: true });
    await stage.work();
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    expect((await stage.current(invoice)).exceptions).toEqual(['marked', 'underpaid']);
    expect(await resolve(review.id, { kind: 'ignore' })).toEqual({ ok: false, reason: 'already-resolved' });
  });

  it('accepted for another amount than the order has now, the shop refuses it and it comes back', async () => {
    const { review } = await underpaid();
    await resolve(review.id, { kind: 'accept', amount: usd('45.00') });
    await stage.work();
    expect(order()?.fulfilments).toBe(0);
    expect((await stage.reviews()).map(({ kind }) => kind)).toContain('storefront_refused');
  });

  it("needs a reason, an amount in the order's currency, and to be of this store", async () => {
    const { review } = await underpaid();
    const accept = { kind: 'accept', amount: usd('50.00') } as const;
    expect(await resolve(review.id, accept, '  ')).toEqual({ ok: false, reason: 'reason-missing' });
    expect(await resolve('another', accept)).toEqual({ ok: false, reason: 'review-unknown' });
    const euros = moneySchema.parse({ amount: '50.00', currency: 'EUR' });
    expect(await resolve(review.id, { kind: 'accept', amount: euros })).toEqual({
      ok: false,
      reason: 'currency-differs',
    });
    const other = {
      store: storeIdSchema.parse('store-2'),
      review: review.id,
      by: 'eve',
      reason: 'mine',
      decision: accept,
    };
    expect(await resolveReview(stage.ports, other)).toEqual({ ok: false, reason: 'review-unknown' });
    expect(await stage.reviews()).toHaveLength(1);
  });

  it('cannot pay an order that was paid otherwise meanwhile', async () => {
    const { invoice, review } = await underpaid();
    await stage.simulators.gateways['cryptopayment-center'].shopper.topUp(stage.paymentOf(invoice));
    await stage.live(minutes(25));
    expect(await resolve(review.id, { kind: 'accept', amount: usd('50.00') })).toEqual({
      ok: false,
      reason: 'order-paid-otherwise',
    });
    expect(order()?.fulfilments).toBe(1);
  });

  it('noted as refunded, nothing is sent and it is counted', async () => {
    const { invoice, review } = await underpaid();
    expect(await resolve(review.id, { kind: 'refund-noted', amount: usd('45.00') })).toEqual({ ok: true });
    const refunds = await stage.ledger.transact((tx) => tx.refunds.ofInvoice(invoice.id));
    expect(refunds).toMatchObject([{ state: 'manual', orderAmount: { amount: '45.00' } }]);
    expect(await stage.reviews()).toEqual([]);
  });

  it('is explained by everything that led to it', async () => {
    const { invoice, review } = await underpaid();
    const explained = await explainReview(stage.ports, store, review.id);
    expect(explained?.attempts.map((attempt) => attempt.invoice.id)).toEqual([invoice.id]);
    expect(explained?.attempts[0]?.timeline.map(({ event }) => event)).toContain('open → processing');
    expect(explained?.instructions.map(({ kind }) => kind)).toContain('hold');
    expect(await explainReview(stage.ports, storeIdSchema.parse('store-2'), review.id)).toBeUndefined();
  });
});

describe('an invoice that nobody could read', () => {
  it('is closed by a person, and then its order can end', async () => {
    await stage.stop();
    stage = await openStage('teleport-pay');
    const invoice = await stage.invoice('1');
    stage.simulators.gateways['teleport-pay'].faults.add({ kind: 'drop', lost: true, count: 'always' });
    await stage.live(minutes(120));
    const review = (await stage.reviews())[0];
    expect(review?.kind).toBe('no_news');
    expect(await resolve(review?.id ?? '', { kind: 'ignore' })).toEqual({ ok: true });
    await stage.live(minutes(10));
    expect((await stage.current(invoice)).status).toBe('expired');
    expect(order()?.status).toBe('cancelled');
  });
});
