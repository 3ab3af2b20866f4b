import { cancelOrder, orderKeySchema, storeIdSchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const minutes = (count: number) => count * 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage('crypto-pay');
});
afterEach(() => stage.stop());

const order = (key: string) => {
  const found = stage.shop.orders.get(key);
  if (!found) throw new Error('no such order');
  return found;
};
const simulator = () => stage.simulators.gateways['crypto-pay'];

describe('an order paid through Crypto Pay', () => {
  it('is fulfilled once', async () => {
    const invoice = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(order('1')).toMatchObject({ status: 'processing', fulfilments: 1 });
    expect((await stage.current(invoice)).status).toBe('settled');
  });

  it('is fulfilled once by duplicated webhooks, and all are answered 200', async () => {
    simulator().faults.add({ kind: 'duplicate', copies: 9, concurrent: true });
    const invoice = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(stage.answers).toEqual(Array.from({ length: 10 }, () => 200));
    expect(order('1').fulfilments).toBe(1);
  });

  it("is fulfilled once when the shop's answer is lost", async () => {
    const invoice = await stage.invoice('1');
    stage.shop.trouble.push('down', 'lost-answer');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.live(minutes(2));
    expect(order('1')).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('a silent shop is reported after a quarter of an hour, and told when it answers again', async () => {
    const invoice = await stage.invoice('1');
    stage.shop.trouble.push(...Array.from({ length: 200 }, () => 'down' as const));
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.live(minutes(14));
    expect(await stage.reviews()).toEqual([]);
    await stage.live(minutes(3));
    expect((await stage.reviews()).map(({ kind }) => kind)).toEqual(['storefront_unreachable']);
    stage.shop.trouble.length = 0;
    await stage.live(minutes(11));
    expect(order('1')).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('is found by reconcile when the webhook is lost', async () => {
    simulator().faults.add({ kind: 'drop', lost: true, count: 'always' });
    const invoice = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.live(minutes(5));
    expect(stage.answers).toEqual([]);
    expect(order('1')).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('stands on the signed fact when no read answers within 60 s', async () => {
    const invoice = await stage.invoice('1');
    simulator().faults.add({ kind: 'status', status: 500, count: 'always' });
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(order('1').status).toBe('pending');
    await stage.live(minutes(2));
    expect(order('1')).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('refuses a wrong signature and a forged body with 401', async () => {
    simulator().faults.add({ kind: 'wrong-signature' });
    simulator().faults.add({ kind: 'forged-body', fields: { status: 'paid' } });
    const invoice = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(stage.answers[0]).toBe(401);
    expect(order('1').status).toBe('pending');
  });
});

describe('an order that is not paid', () => {
  it('keeps pending after its attempt expired, and is cancelled at its own deadline', async () => {
    const invoice = await stage.invoice('1');
    await stage.live(minutes(20));
    expect((await stage.current(invoice)).status).toBe('expired');
    expect(order('1').status).toBe('pending');
    await stage.live(minutes(45));
    expect(order('1').status).toBe('cancelled');
  });

  it('cancels the invoice at the gateway when the shop cancels', async () => {
    const invoice = await stage.invoice('1');
    const result = await cancelOrder(stage.ports, storeIdSchema.parse('store-1'), orderKeySchema.parse('1'));
    expect(result.canceled).toEqual([invoice.id]);
    expect(simulator().payments()).toEqual([]);
  });
});

describe('attempts', () => {
  it('the same request finds the same attempt', async () => {
    const first = await stage.invoice('1');
    const second = await stage.invoice('1');
    expect(second.id).toBe(first.id);
    expect(simulator().payments()).toHaveLength(1);
  });

  it('two parallel requests make one invoice', async () => {
    const results = await Promise.all([stage.checkout('1'), stage.checkout('1')]);
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set(['busy', 'ready']));
    expect(simulator().payments()).toHaveLength(1);
  });

  it('a changed total supersedes the old attempt and cancels it at the gateway', async () => {
    await stage.invoice('1');
    order('1').total = '60.00';
    const second = await stage.invoice('1');
    await stage.work();
    expect(second.order.amount).toBe('60.00');
    expect(
      simulator()
        .payments()
        .map(({ amount }) => amount),
    ).toEqual(['60.00']);
  });

  it('money for an edited order is held for a person, not booked', async () => {
    const invoice = await stage.invoice('1');
    order('1').total = '60.00';
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(order('1')).toMatchObject({ status: 'on-hold', fulfilments: 0 });
    expect((await stage.reviews()).map(({ kind }) => kind)).toEqual(['storefront_refused']);
  });

  it('CP-9: a lost create answer is found by its payload, not created twice', async () => {
    simulator().faults.add({ kind: 'timeout-after-commit', route: 'createInvoice' });
    const invoice = await stage.invoice('1');
    expect(invoice.exceptions).toEqual(['adopted']);
    expect(simulator().payments()).toHaveLength(1);
  });

  it('a paid order gets no second invoice', async () => {
    const invoice = await stage.invoice('1');
    await simulator().shopper.pay(stage.paymentOf(invoice));
    await stage.work();
    expect(await stage.checkout('1')).toEqual({ outcome: 'conflict', reason: 'order-paid' });
  });
});

describe('money that matches no invoice', () => {
  it("CP-2: another system's invoice on the same token is acknowledged and shown once", async () => {
    const { token } = stage.account.config as { token: string };
    const answer = await fetch(`${simulator().baseUrl}/api/createInvoice`, {
      method: 'POST',
      headers: { 'Crypto-Pay-API-Token': token, 'Content-Type': 'application/json' },
      body: JSON.stringify({ asset: 'USDT', amount: '5', payload: 'someone-else' }),
    });
    expect(answer.status).toBe(200);
    const foreign = simulator()
      .payments()
      .find(({ reference }) => reference === 'someone-else');
    await simulator().shopper.pay(foreign?.id ?? '');
    await stage.work();
    expect(stage.answers).toEqual([200]);
    expect((await stage.reviews()).map(({ kind }) => kind)).toEqual(['unmatched']);
  });
});
