import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const minutes = (count: number) => count * 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage('cryptopayment-center');
});
afterEach(() => stage.stop());

const simulator = () => stage.simulators.gateways['cryptopayment-center'];
const order = () => stage.shop.orders.get('1');
const checkout = async () => {
  const invoice = await stage.invoice('1', '50.00', 'trc20');
  return { invoice, payment: stage.paymentOf(invoice) };
};
const kinds = async () => (await stage.reviews()).map(({ kind }) => kind);

describe('an order paid to an address (CryptoPayment.center)', () => {
  it('is held while it confirms and fulfilled once when it is final', async () => {
    const { payment } = await checkout();
    await simulator().shopper.pay(payment);
    await stage.work();
    expect(order()?.status).toBe('on-hold');
    await stage.live(minutes(25));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });

  it('CPC-1: forged unsigned fields change nothing, since only the read counts', async () => {
    const { payment } = await checkout();
    simulator().faults.add({
      kind: 'forged-unsigned',
      fields: { status: 'confirmed', paid_amount: '50.00' },
      count: 'always',
    });
    await simulator().shopper.underpay(payment);
    await stage.live(minutes(25));
    expect(order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
  });

  it('is completed by a top-up', async () => {
    const { invoice, payment } = await checkout();
    await simulator().shopper.underpay(payment);
    await stage.live(minutes(21));
    expect((await stage.current(invoice)).exceptions).toContain('underpaid');
    await simulator().shopper.topUp(payment);
    await stage.live(minutes(25));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    expect((await stage.current(invoice)).exceptions).toEqual([]);
  });

  it('is fulfilled with a note when it is overpaid', async () => {
    const { invoice, payment } = await checkout();
    await simulator().shopper.overpay(payment);
    await stage.live(minutes(25));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    expect((await stage.current(invoice)).exceptions).toEqual(['overpaid']);
  });

  it('opens again when the transaction leaves the chain before it is final', async () => {
    const { invoice, payment } = await checkout();
    await simulator().shopper.pay(payment);
    await stage.work();
    await simulator().shopper.reorg(payment);
    await stage.live(minutes(2));
    expect((await stage.current(invoice)).status).toBe('open');
    expect(order()?.fulfilments).toBe(0);
  });

  it('is held for a person when it is paid late', async () => {
    const { payment } = await checkout();
    await stage.live(minutes(35));
    await simulator().shopper.pay(payment);
    await stage.live(minutes(25));
    expect(order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
    expect(await kinds()).toContain('late');
  });

  it('late money never revives a cancelled order', async () => {
    const { payment } = await checkout();
    await stage.live(minutes(70));
    expect(order()?.status).toBe('cancelled');
    await simulator().shopper.pay(payment);
    await stage.live(minutes(60));
    expect(order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
    expect(await kinds()).toContain('late');
  });

  it('changes nothing while the gateway cannot be read', async () => {
    const { invoice, payment } = await checkout();
    simulator().faults.add({ kind: 'status', status: 500, count: 'always' });
    await simulator().shopper.pay(payment);
    await stage.live(minutes(25));
    expect((await stage.current(invoice)).status).toBe('open');
    simulator().faults.clear();
    await stage.live(minutes(10));
    expect(order()).toMatchObject({ status: 'processing', fulfilments: 1 });
  });
});
