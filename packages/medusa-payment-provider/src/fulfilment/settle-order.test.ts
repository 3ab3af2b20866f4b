import { describe, expect, it } from 'vitest';
import { alone, type FakeState, fakeCart, fakePayment, fakeSession } from './fake-shop.fixture.ts';
import { instruction, invoice, order, orderKey, scene, store, waiting } from './storefront-scene.fixture.ts';
import { medusaStorefront } from './tell-shop.ts';
import type { Turns } from './turns.ts';

describe('settle', () => {
  it('makes the order of a cart whose shopper never returned, and books one payment', async () => {
    const { tell, state, ran } = scene();
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(ran).toEqual(['complete-cart', 'process-payment-workflow']);
    expect(state.order?.status).toBe('pending');
    expect(state.payments).toHaveLength(1);
  });

  it('is "already" when it is told again, and runs nothing', async () => {
    const { tell, state, ran } = scene();
    await tell('settle');
    ran.length = 0;
    expect(await tell('settle')).toEqual({ outcome: 'already' });
    expect(ran).toEqual([]);
    expect(state.payments).toHaveLength(1);
  });

  it('books the payment of an order that was placed before it (4.2), without completing the cart again', async () => {
    const sessions = [fakeSession('24.99', { status: 'pending_authorization' })];
    const { tell, ran, state } = scene({ ...waiting, sessions });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(ran).toEqual(['process-payment-workflow']);
    expect(state.payments).toHaveLength(1);
  });

  it('4.4: books nothing when the stock is gone, and says why', async () => {
    const { tell, state, reported } = scene({ outOfStock: true });
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason: 'order_missing' });
    expect(state.payments).toEqual([]);
    expect(state.order).toBeNull();
    expect(reported).toEqual(['Some variant does not have the required inventory']);
  });

  it('4.4: books nothing on the order of its own try, while Medusa is still taking it back', async () => {
    const { tell, state } = scene({ outOfStock: true, takesBackLate: true });
    expect(await tell('settle')).toEqual({ outcome: 'unavailable', reason: 'order-made-meanwhile' });
    expect(state.payments).toEqual([]);
    Object.assign(state, { order: null, takesBackLate: false });
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason: 'order_missing' });
    expect(state.payments).toEqual([]);
  });

  it('4.4: books nothing on an order while another run of Medusa still makes it or takes it back', async () => {
    const { tell, state, ran } = scene({ ...waiting, beingCompleted: true });
    expect(await tell('settle')).toEqual({ outcome: 'unavailable', reason: 'order-being-made' });
    expect(ran).toEqual([]);
    state.beingCompleted = false;
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(state.payments).toHaveLength(1);
  });

  it('4.4: nor where its own run only found the order that another one is making', async () => {
    const { tell, state, shop } = scene({ beingCompleted: true });
    const { run } = shop.workflows;
    shop.workflows.run = (id, options) => {
      state.order ??= { ...order };
      return run(id, options);
    };
    expect(await tell('settle')).toEqual({ outcome: 'unavailable', reason: 'order-being-made' });
    expect(state.payments).toEqual([]);
  });

  it('books the payment of the order that its own run made, whatever became of a run before it', async () => {
    const { tell, state } = scene({ beingCompleted: true });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(state.payments).toHaveLength(1);
  });

  it('makes the order after the owner restocked and accepted the payment', async () => {
    const { tell, state } = scene({ outOfStock: true });
    await tell('settle');
    state.outOfStock = false;
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(state.payments).toHaveLength(1);
  });

  it('comes again later when the cart is locked', async () => {
    const { tell, reported, said } = scene({ locked: true });
    expect(await tell('settle')).toEqual({ outcome: 'unavailable', reason: 'cart-locked' });
    expect(reported).toEqual([]);
    expect(said[0]).toContain(`Failed to acquire lock for key "${fakeCart}"`);
  });

  it('comes again later when Medusa cannot even be asked, and says why in the log', async () => {
    const { tell, read, shop, said } = scene();
    shop.query.graph = () => Promise.reject(new Error('connection refused'));
    expect(await tell('settle')).toEqual({ outcome: 'unavailable', reason: 'medusa-failed' });
    expect(await read()).toEqual({ outcome: 'unavailable', reason: 'medusa-failed' });
    expect(said).toEqual(Array(2).fill('Gatewright: Medusa could not be asked: connection refused'));
  });

  it('comes again later while Medusa is still starting', async () => {
    const storefront = medusaStorefront({
      shop: () => {
        throw new Error("Could not resolve 'query'.");
      },
      turns: alone,
      reports: { declined: async () => undefined, odd: async () => undefined },
      claimOf: async () => undefined,
      isOurs: () => true,
    });
    const starting = { outcome: 'unavailable', reason: 'medusa-starting' };
    expect(await storefront.tell(instruction('settle'), invoice)).toEqual(starting);
    expect(await storefront.readOrder(store, orderKey)).toEqual(starting);
  });

  it('takes away the lock of a process that was killed, so that the next try succeeds', async () => {
    const { tell } = scene({ locked: true });
    await tell('settle');
    expect(await tell('settle')).toEqual({ outcome: 'done' });
  });

  it('takes away at once the lock of a process that died while it made this order', async () => {
    const afterADeadOne: Turns = { inTurn: async (_orderKey, job) => job('after-a-dead-one') };
    const { tell } = scene({ locked: true }, afterADeadOne);
    expect(await tell('settle')).toEqual({ outcome: 'done' });
  });

  it('4.4: gives a cart whose session was thrown away a new one, where it still asks for exactly that', async () => {
    const { tell, ran, state } = scene({ sessions: [] });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(ran).toEqual(['create-payment-sessions', 'complete-cart', 'process-payment-workflow']);
    expect(state.payments).toHaveLength(1);
  });

  it('books nothing on a session of another amount, also of another cent', async () => {
    const { tell, ran } = scene({
      cart: { total: '25', completed: false },
      collection: { amount: '25' },
      sessions: [fakeSession('25')],
    });
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason: 'total_changed' });
    expect(ran).toEqual([]);
  });

  it('sees a cart that changed although Medusa refreshed no session (medusajs/medusa#16407)', async () => {
    const { tell, ran } = scene({ cart: { total: '30', completed: false } });
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason: 'total_changed' });
    expect(ran).toEqual([]);
  });

  it('takes the digits of taxes beyond the cent for what a shopper can pay', async () => {
    const { tell, state } = scene({
      cart: { total: '24.9900000001', completed: false },
      collection: { amount: '24.9900000001' },
      sessions: [fakeSession('24.9900000001')],
    });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(state.payments).toHaveLength(1);
  });

  it('books our payment where another provider gave its own back after a failed completion', async () => {
    const refunds = [{ id: 'r1', raw_amount: { value: '24.99' }, note: 'cart completion failure' }];
    const before = fakePayment('24.99', { provider_id: 'pp_card', payment_session_id: 'payses_0', refunds });
    const { tell, state } = scene({ payments: [before] });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(state.payments.map(({ provider_id }) => provider_id)).toEqual(['pp_card', 'pp_gatewright_main']);
  });

  it.each<[string, Partial<FakeState>, string]>([
    ['another currency', { currency: 'usd', sessions: [] }, 'currency_changed'],
    ['an order that a person cancelled', { ...waiting, order: { ...order, status: 'canceled' } }, 'moved'],
    [
      'an order that was paid in another way',
      { ...waiting, payments: [fakePayment('24.99', { provider_id: 'pp_system_default' })] },
      'paid_otherwise',
    ],
    [
      'another payment of ours of another amount',
      { ...waiting, payments: [fakePayment('10')] },
      'paid_otherwise',
    ],
    [
      'a payment that was given back',
      {
        ...waiting,
        payments: [
          fakePayment('24.99', {
            refunds: [
              { id: 'r1', raw_amount: { value: '4.99' }, note: '' },
              { id: 'r2', raw_amount: { value: '20' }, note: '' },
            ],
          }),
        ],
      },
      'refunded',
    ],
  ])('refuses %s', async (_what, changes, reason) => {
    const { tell, ran } = scene(changes);
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason });
    expect(ran).toEqual([]);
  });

  it('refuses a claim that does not hold the order in the ledger (invariant 3)', async () => {
    const { tell, ran } = scene({}, alone, 'claim_2');
    expect(await tell('settle')).toEqual({ outcome: 'refused', reason: 'paid_otherwise' });
    expect(ran).toEqual([]);
    expect(await scene({}, alone, 'claim_1').tell('settle')).toEqual({ outcome: 'done' });
  });

  it('has a person look at an order that is worth something else than was paid', async () => {
    const { tell, reported } = scene({ ...waiting, order: { ...order, total: '20' } });
    expect(await tell('settle')).toEqual({ outcome: 'done' });
    expect(reported).toEqual(['its total is another one than the shopper paid']);
  });
});
