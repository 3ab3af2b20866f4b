import { moneySchema, type OrderKey } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { recordManualRefund, refundPayment } from './refund-payment.ts';
import { standingOf } from './standing.ts';

const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });

const paidWith = async (gateway: 'gatenoc' | 'crypto-pay') => {
  const world = await startWorld({ gateways: [gateway] });
  const { row } = await mustStart(world.start({ gateway, currency: 'USD' }));
  const simulator = world.simulators.gateways[gateway];
  expect(await simulator.shopper.pay(simulator.payments()[0]?.id ?? '')).toEqual({ ok: true });
  await world.engine.work();
  expect(await standingOf(world.engine, row)).toMatchObject({ status: 'captured' });
  return { world, row };
};

const refundsOf = ({ engine }: World, orderKey: OrderKey) =>
  engine.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(engine.settings.store.id, orderKey);
    return claim ? tx.refunds.ofInvoice(claim.invoice) : [];
  });

describe('a refund that Medusa asks for', () => {
  it('is made where the gateway makes refunds, in parts, each id once', async () => {
    const { world, row } = await paidWith('gatenoc');
    const { engine } = world;
    for (const refund of ['re_1', 're_2', 're_2'])
      expect(await refundPayment(engine, { row, refund, amount: usd('5.55') })).toEqual({ ok: true });
    expect((await refundsOf(world, row.orderKey)).map(({ refundId, state }) => [refundId, state])).toEqual([
      ['re_1', 'done'],
      ['re_2', 'done'],
    ]);
    const more = await refundPayment(engine, { row, refund: 're_3', amount: usd('13.90') });
    expect(more).toMatchObject({ ok: false, message: expect.stringContaining('more than was paid') });
  });

  it('is refused with what to do where the gateway makes none: also core’s own after a failed completion', async () => {
    const { world, row } = await paidWith('crypto-pay');
    const answer = await refundPayment(world.engine, { row, refund: 're_1', amount: usd('24.99') });
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('by hand') });
    expect(await refundsOf(world, row.orderKey)).toEqual([]);
    expect(await standingOf(world.engine, row)).toMatchObject({ status: 'captured' });
  });

  it('whose answer was lost blocks the next one until somebody has looked (GN-5)', async () => {
    const { world, row } = await paidWith('gatenoc');
    world.simulators.gateways.gatenoc.faults.add({ kind: 'timeout-after-commit', route: 'refundPayment' });
    const first = await refundPayment(world.engine, { row, refund: 're_1', amount: usd('5') });
    expect(first).toMatchObject({ ok: false, message: expect.stringContaining('may have been made') });
    const second = await refundPayment(world.engine, { row, refund: 're_2', amount: usd('5') });
    expect(second).toMatchObject({ ok: false, message: expect.stringContaining('may have been made') });
    const byHand = await recordManualRefund(world.engine, { row });
    expect(byHand).toMatchObject({ ok: false, message: expect.stringContaining('review queue') });
    const { engine } = world;
    const reviews = await engine.ledger.transact((tx) =>
      tx.reviews.page(engine.settings.store.id, { state: 'open', limit: 100 }),
    );
    expect(reviews.map(({ kind }) => kind)).toEqual(['refund_unknown']);
  });

  it('of an order that nobody paid here is refused', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    for (const answer of [
      await refundPayment(world.engine, { row, refund: 're_1', amount: usd('5') }),
      await recordManualRefund(world.engine, { row }),
    ])
      expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('nothing to refund') });
  });

  it('that a person made by hand is taken, and the order is read again so that it counts', async () => {
    const { world, row } = await paidWith('crypto-pay');
    expect(await recordManualRefund(world.engine, { row })).toEqual({ ok: true });
  });
});
