import { decideReview, minutes, seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { cancelPayment, leaveSession } from './leave-payment.ts';
import { standingOf } from './standing.ts';

const before = { options: { orderTiming: 'before_payment' } };

/** The gateway's own id of the only payment. */
const paymentOf = ({ simulators }: World): string => {
  const [payment] = simulators.gateways['crypto-pay'].payments();
  if (payment === undefined) throw new Error('no payment');
  return payment.id;
};

const pay = async (world: World): Promise<void> => {
  expect(await world.simulators.gateways['crypto-pay'].shopper.pay(paymentOf(world))).toEqual({ ok: true });
};

describe('how the payment of a session stands', () => {
  it('waits in the words of the order timing', async () => {
    const after = await startWorld();
    expect(await standingOf(after.engine, (await mustStart(after.start())).row)).toMatchObject({
      status: 'requires_more',
    });
    const early = await startWorld(before);
    expect(await standingOf(early.engine, (await mustStart(early.start())).row)).toMatchObject({
      status: 'pending_authorization',
    });
  });

  it('is captured once the settled claim has exactly the session’s amount', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    await pay(world);
    await world.engine.work();
    expect(await standingOf(world.engine, row)).toMatchObject({
      status: 'captured',
      invoice: { status: 'settled' },
    });
    expect(world.told.map(({ kind }) => kind)).toEqual(['settle']);
  });

  it('is found out at the gateway when the webhook was lost', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    world.simulators.gateways['crypto-pay'].faults.add({ kind: 'drop', lost: true });
    await pay(world);
    await world.simulators.clock.advance(seconds(11));
    expect(await standingOf(world.engine, row)).toMatchObject({ status: 'captured' });
  });

  it('does not ask the gateway again and again', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    await world.simulators.clock.advance(seconds(11));
    await standingOf(world.engine, row);
    world.simulators.gateways['crypto-pay'].faults.add({ kind: 'status', status: 500, count: 'always' });
    await standingOf(world.engine, row);
    expect(world.log).toEqual([]);
    expect(world.simulators.gateways['crypto-pay'].faults.pending()).toHaveLength(1);
  });

  it('of a new session for the same amount is captured too; of another amount it is not (contract 4.4)', async () => {
    const world = await startWorld();
    const first = await mustStart(world.start());
    await pay(world);
    await world.engine.work();
    await leaveSession(world.engine, first.row);
    const same = await mustStart(world.start());
    expect(same.data.invoice_id).toBe(first.data.invoice_id);
    expect(await standingOf(world.engine, same.row)).toMatchObject({ status: 'captured' });
    const other = await mustStart(world.start({ amount: '30' }));
    expect(await standingOf(world.engine, other.row)).toMatchObject({ status: 'requires_more' });
    const account = await mustStart(world.start({ gateway: 'test' }));
    expect(await standingOf(world.engine, account.row)).toMatchObject({ status: 'requires_more' });
  });

  it('is captured for the amount that a person accepted the money for, and for no other', async () => {
    const world = await startWorld();
    const { engine } = world;
    await mustStart(world.start());
    world.answers.push({ outcome: 'refused', reason: 'total_changed' });
    await pay(world);
    await engine.work();
    const changed = await mustStart(world.start({ amount: '30' }));
    expect(await standingOf(engine, changed.row)).toMatchObject({ status: 'requires_more' });
    const store = engine.settings.store.id;
    const [review] = await engine.ledger.transact((tx) =>
      tx.reviews.page(store, { state: 'open', limit: 100 }),
    );
    const decision = { kind: 'accept', amount: '30' } as const;
    const asked = { store, review: review?.id ?? '', by: 'ann', reason: 'agreed by mail', decision };
    expect(await decideReview(engine.ports, asked)).toMatchObject({ ok: true });
    expect(await standingOf(engine, changed.row)).toMatchObject({ status: 'captured' });
    const old = await mustStart(world.start());
    expect(await standingOf(engine, old.row)).toMatchObject({ status: 'requires_more' });
  });

  it('of an expired invoice can still be paid while the order is open, and is canceled when it has ended', async () => {
    const world = await startWorld(before);
    const { row } = await mustStart(world.start());
    await world.simulators.clock.advance(minutes(40));
    await world.engine.reconcile();
    expect(await standingOf(world.engine, row)).toMatchObject({
      status: 'pending_authorization',
      invoice: { status: 'expired' },
    });
    await world.simulators.clock.advance(minutes(30));
    await world.engine.reconcile();
    expect(await standingOf(world.engine, row)).toMatchObject({ status: 'canceled' });
    expect(world.told.map(({ kind }) => kind)).toEqual(['cancel']);
  });

  it('is cancelled with the order, at the gateway too; what is paid is left alone', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    await cancelPayment(world.engine, row);
    expect(await standingOf(world.engine, row)).toMatchObject({
      status: 'canceled',
      invoice: { status: 'canceled' },
    });
    const paid = await startWorld();
    const one = await mustStart(paid.start());
    await pay(paid);
    await paid.engine.work();
    await cancelPayment(paid.engine, one.row);
    expect(await standingOf(paid.engine, one.row)).toMatchObject({ status: 'captured' });
    expect(paid.log.join()).toMatch(/changes nothing at the gateway/);
  });
});

describe('money that is not exactly right', () => {
  it('is never captured when it is too little, and asks for a person', async () => {
    const world = await startWorld({ gateways: ['cryptopayment-center'] });
    const gateway = world.engine.ports.gateway('cryptopayment-center');
    const [account] = world.engine.settings.accounts;
    const [method] = gateway?.methodsOf(account?.config) ?? [];
    const { row } = await mustStart(world.start({ gateway: 'cryptopayment-center', data: { method } }));
    const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
    const id = payments()[0]?.id ?? '';
    expect(await shopper.underpay(id)).toEqual({ ok: true });
    await world.simulators.clock.advance(minutes(2));
    await world.engine.reconcile();
    const standing = await standingOf(world.engine, row);
    expect(standing.status).not.toBe('captured');
    expect(standing.invoice?.exceptions).toContain('underpaid');
  });

  it('is captured at the session’s amount when it is too much, and the excess stands with the invoice', async () => {
    const world = await startWorld({ gateways: ['cryptopayment-center'] });
    const gateway = world.engine.ports.gateway('cryptopayment-center');
    const [account] = world.engine.settings.accounts;
    const [method] = gateway?.methodsOf(account?.config) ?? [];
    const { row } = await mustStart(world.start({ gateway: 'cryptopayment-center', data: { method } }));
    const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
    expect(await shopper.overpay(payments()[0]?.id ?? '')).toEqual({ ok: true });
    await world.simulators.clock.advance(minutes(2));
    await world.engine.reconcile();
    expect(await standingOf(world.engine, row)).toMatchObject({
      status: 'captured',
      invoice: { exceptions: ['overpaid'] },
    });
  });
});
