import { describe, expect, it } from 'vitest';
import { type FakeState, fakePayment, fakeSession } from './fake-shop.fixture.ts';
import { eur, order, scene, waiting } from './storefront-scene.fixture.ts';

describe('cancel', () => {
  const unpaid = {
    ...waiting,
    sessions: [fakeSession('24.99', { status: 'pending_authorization' })],
  };

  it('4.2: cancels an order whose payment never came', async () => {
    const { tell, state, ran } = scene(unpaid);
    expect(await tell('cancel')).toEqual({ outcome: 'done' });
    expect(state.order?.status).toBe('canceled');
    expect(await tell('cancel')).toEqual({ outcome: 'already' });
    expect(ran).toEqual(['cancel-order']);
  });

  it('refuses what is not there', async () => {
    const { tell, shop, ran } = scene();
    shop.query.graph = async () => ({ data: [] });
    expect(await tell('cancel')).toEqual({ outcome: 'refused', reason: 'order_missing' });
    expect(ran).toEqual([]);
  });

  it('leaves a cart without an order alone', async () => {
    const { tell, ran } = scene();
    expect(await tell('cancel')).toEqual({ outcome: 'done' });
    expect(ran).toEqual([]);
  });

  it.each<[string, Partial<FakeState>, string]>([
    ['was paid', { payments: [fakePayment('24.99')] }, 'paid_otherwise'],
    [
      'another provider authorized',
      { payments: [fakePayment('24.99', { captured_at: null })] },
      'paid_otherwise',
    ],
    ['waits for somebody else', { sessions: [fakeSession('24.99', { provider_id: 'pp_bank' })] }, 'not_ours'],
    ['was shipped', { fulfilled: true }, 'moved'],
  ])('keeps an order that %s', async (_what, changes, reason) => {
    const { tell, state } = scene({ ...unpaid, ...changes });
    expect(await tell('cancel')).toEqual({ outcome: 'refused', reason });
    expect(state.order?.status).toBe('pending');
  });

  it('comes again later when the order is locked', async () => {
    const { tell } = scene({ ...unpaid, locked: true });
    expect(await tell('cancel')).toMatchObject({ outcome: 'unavailable' });
  });
});

it('refuses to hold an order that a person cancelled, so that late money is looked at', async () => {
  const { tell } = scene({ ...waiting, order: { ...order, status: 'canceled' } });
  expect(await tell('hold')).toEqual({ outcome: 'refused', reason: 'moved' });
  expect(await scene().tell('hold')).toEqual({ outcome: 'done' });
});

describe('readOrder', () => {
  const refund = { id: 'ref_1', raw_amount: { value: '5.55' }, note: 'too small' };

  it.each<[string, Partial<FakeState>, string]>([
    ['a cart', {}, 'open'],
    ['a paid order', { ...waiting, payments: [fakePayment('24.99')] }, 'paid'],
    ['a cancelled order', { ...waiting, order: { ...order, status: 'canceled' } }, 'ended'],
    ['a completed cart without its order', { cart: { total: '24.99', completed: true } }, 'missing'],
  ])('reads %s', async (_what, changes, state) => {
    expect(await scene(changes).read()).toEqual({ outcome: 'read', order: { state, refunds: [] } });
  });

  it('lists the refunds that Medusa booked', async () => {
    const { read } = scene({ ...waiting, payments: [fakePayment('24.99', { refunds: [refund] })] });
    expect(await read()).toEqual({
      outcome: 'read',
      order: {
        state: 'paid',
        refunds: [{ id: 'ref_1', amount: eur('5.55'), reason: 'too small' }],
      },
    });
  });
});
