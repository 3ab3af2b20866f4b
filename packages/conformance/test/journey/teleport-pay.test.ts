import { moneySchema, orderKeySchema, requestRefund, storeIdSchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const minutes = (count: number) => count * 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage('teleport-pay');
});
afterEach(() => stage.stop());

const simulator = () => stage.simulators.gateways['teleport-pay'];
const order = () => stage.shop.orders.get('1');
const checkout = async () => {
  const invoice = await stage.invoice('1', '49.90');
  return { invoice, payment: stage.paymentOf(invoice) };
};
const kinds = async () => (await stage.reviews()).map(({ kind }) => kind);

describe('an order paid through Teleport Pay', () => {
  it('TP-3: is fulfilled once, though the body says 49.9 where we said 49.90', async () => {
    const { payment } = await checkout();
    await simulator().shopper.pay(payment);
    await stage.work();
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('TP-1: a lost webhook ends in front of a person, and the order is not cancelled', async () => {
    const { invoice, payment } = await checkout();
    simulator().faults.add({ kind: 'drop', lost: true, count: 'always' });
    await simulator().shopper.pay(payment);
    await stage.live(minutes(180));
    expect((await stage.current(invoice)).status).toBe('open');
    expect(order()?.status).toBe('pending');
    expect(await kinds()).toEqual(['no_news']);
  });

  it('is delivered again after 30 s, 5 min and 30 min when we were down', async () => {
    const { payment } = await checkout();
    simulator().faults.add({ kind: 'drop', count: 2 });
    await simulator().shopper.pay(payment);
    expect(order()?.status).toBe('pending');
    await stage.live(minutes(6));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('manual confirmation is held, and paid afterwards settles it', async () => {
    const { payment } = await checkout();
    await simulator().shopper.underpay(payment);
    await stage.work();
    expect(order()?.status).toBe('on-hold');
    expect(await kinds()).toContain('underpaid');
  });

  it('the expired event ends the attempt, and the order ends at its deadline', async () => {
    const { invoice } = await checkout();
    await stage.live(minutes(75));
    expect((await stage.current(invoice)).status).toBe('expired');
    expect(order()?.status).toBe('cancelled');
  });

  it('TP-6: a lost create answer leads to a new attempt, and money for the lost one is found', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', count: 1 });
    const { invoice } = await checkout();
    expect(invoice.n).toBe(2);
    const lost = simulator()
      .payments()
      .find(({ reference }) => reference !== invoice.reference);
    await simulator().shopper.pay(lost?.id ?? '');
    await stage.work();
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('a payment on each of two attempts is fulfilled once and reviewed', async () => {
    const { payment } = await checkout();
    const current = order();
    if (current) current.total = '60.00';
    const second = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(second));
    await simulator().shopper.pay(payment);
    await stage.live(minutes(1));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    expect(await kinds()).toContain('duplicate_payment');
  });

  it('cannot be refunded by itself and says what to do', async () => {
    const { payment } = await checkout();
    await simulator().shopper.pay(payment);
    await stage.work();
    const result = await requestRefund(stage.ports, {
      store: storeIdSchema.parse('store-1'),
      orderKey: orderKeySchema.parse('1'),
      refundId: 'r1',
      amount: moneySchema.parse({ amount: '49.90', currency: 'USD' }),
      reason: '',
    });
    expect(result).toMatchObject({ outcome: 'manual', instructions: expect.stringContaining('by hand') });
  });
});
