import {
  moneySchema,
  orderKeySchema,
  type RefundAsk,
  requestRefund,
  storeIdSchema,
} from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const minutes = (count: number) => count * 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage('gatenoc');
});
afterEach(() => stage.stop());

const simulator = () => stage.simulators.gateways.gatenoc;
const order = () => stage.shop.orders.get('1');
const checkout = async () => {
  const invoice = await stage.invoice('1');
  return { invoice, payment: stage.paymentOf(invoice) };
};
const kinds = async () => (await stage.reviews()).map(({ kind }) => kind);
const refund = (refundId: string, amount: string) => {
  const ask: RefundAsk = {
    store: storeIdSchema.parse('store-1'),
    orderKey: orderKeySchema.parse('1'),
    refundId,
    amount: moneySchema.parse({ amount, currency: 'USD' }),
    reason: 'returned',
  };
  return requestRefund(stage.ports, ask);
};
const pay = async () => {
  const placed = await checkout();
  await simulator().shopper.pay(placed.payment);
  await stage.work();
  return placed;
};

describe('an order paid through Gatenoc', () => {
  it('is fulfilled once', async () => {
    await pay();
    expect(stage.answers).toEqual([200]);
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('GN-4: is found in the list when the webhook is lost', async () => {
    const { payment } = await checkout();
    simulator().faults.add({ kind: 'drop', lost: true, count: 'always' });
    await simulator().shopper.pay(payment);
    await stage.live(minutes(5));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('GN-3: a stale but genuine webhook is refused and leads to a read', async () => {
    const { payment } = await checkout();
    simulator().faults.add({ kind: 'delay', ms: minutes(6), signedBefore: true });
    await simulator().shopper.pay(payment);
    await stage.live(minutes(7));
    expect(stage.answers[0]).toBe(401);
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('GN-7: a second payment on the same note is a double payment', async () => {
    const { payment } = await pay();
    await simulator().shopper.pay(payment, { again: true });
    await stage.work();
    expect(order()?.fulfilments).toBe(1);
    expect(await kinds()).toEqual(['duplicate_payment']);
  });

  it('expires by a complete look that found nothing, and the order ends at its deadline', async () => {
    const { invoice } = await checkout();
    await stage.live(minutes(32));
    expect((await stage.current(invoice)).status).toBe('expired');
    expect(order()?.status).toBe('pending');
    await stage.live(minutes(40));
    expect(order()?.status).toBe('cancelled');
  });

  it('GN-6: less in total than the amount is held', async () => {
    const { payment } = await checkout();
    await simulator().shopper.underpay(payment);
    await stage.live(minutes(2));
    expect(order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
    expect(await kinds()).toContain('underpaid');
  });

  it('GN-11: a lost create answer is asked for again under its idempotency key', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', count: 1 });
    await checkout();
    expect(simulator().payments()).toHaveLength(1);
  });
});

describe('refunds', () => {
  it('go through the gateway in parts, never beyond what was paid', async () => {
    await pay();
    expect(await refund('r1', '20.00')).toMatchObject({ outcome: 'done' });
    expect(await refund('r2', '30.00')).toMatchObject({ outcome: 'done' });
    expect(await refund('r3', '0.01')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
  });

  it('the same refund asked twice is made once', async () => {
    await pay();
    const [first, second] = [await refund('r1', '20.00'), await refund('r1', '20.00')];
    expect(second).toEqual(first);
    expect(await refund('r2', '30.00')).toMatchObject({ outcome: 'done' });
  });

  it('GN-5: an unanswered refund blocks the next one until a person has looked', async () => {
    await pay();
    simulator().faults.add({ kind: 'timeout-after-commit', count: 'always' });
    expect(await refund('r1', '20.00')).toEqual({ outcome: 'checking' });
    simulator().faults.clear();
    expect(await refund('r2', '20.00')).toEqual({ outcome: 'checking' });
    expect(await kinds()).toEqual(['refund_unknown']);
  });

  it('of an order that was not paid are refused', async () => {
    await checkout();
    expect(await refund('r1', '20.00')).toEqual({ outcome: 'refused', reason: 'order-not-paid-here' });
  });
});
