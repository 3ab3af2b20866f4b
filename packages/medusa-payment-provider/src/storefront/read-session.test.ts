import { seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { fakeCart, fakeShop } from '../fulfilment/fake-shop.fixture.ts';
import { readSession } from './read-session.ts';
import { returnAddress } from './return-address.ts';
import { storeSessionSchema } from './session-shape.ts';

const cryptoPay = ({ simulators }: World) => simulators.gateways['crypto-pay'];

const pay = async (world: World): Promise<void> => {
  const [payment] = cryptoPay(world).payments();
  expect(await cryptoPay(world).shopper.pay(payment?.id ?? '')).toEqual({ ok: true });
};

const scene = async () => {
  const world = await startWorld();
  const { shop, state } = fakeShop();
  const { row } = await mustStart(world.start());
  const read = async (id = row.id) => (await readSession(world.engine, shop.query, id))?.session;
  return { world, state, row, read };
};

describe('the state of a session', () => {
  it('is waiting, with where to pay and until when', async () => {
    const { read, row, world } = await scene();
    const session = await read();
    expect(session).toMatchObject({ state: 'waiting', final: false, order_id: null, cart_id: fakeCart });
    expect(session?.pay_url).toBe(`${world.engine.settings.publicUrl}/gatewright/pay/${row.page}`);
    expect(session?.events_url).toBe(`${session?.pay_url}/events`);
    expect(session?.amount).toEqual({ amount: '24.99', currency: 'eur' });
    expect(storeSessionSchema.safeParse({ session }).success).toBe(true);
  });

  it('is paid once the money is there, and final once there is an order', async () => {
    const { read, state, world } = await scene();
    await pay(world);
    await world.engine.work();
    expect(await read()).toMatchObject({ state: 'paid', final: false, order_id: null });
    state.order = { status: 'pending', total: '24.99' };
    expect(await read()).toMatchObject({ state: 'paid', final: true, order_id: 'order_1' });
  });

  it('asks the gateway while a shopper waits for a webhook that was lost', async () => {
    const { read, world } = await scene();
    cryptoPay(world).faults.add({ kind: 'drop', lost: true });
    await pay(world);
    await world.engine.work();
    expect(await read()).toMatchObject({ state: 'waiting' });
    await world.simulators.clock.advance(seconds(15));
    expect(await read()).toMatchObject({ state: 'waiting' });
    await world.engine.work();
    expect(await read()).toMatchObject({ state: 'paid' });
  });

  it('names the session that took its place', async () => {
    const { read, row, world } = await scene();
    const next = await mustStart(world.start({ amount: '30' }));
    await world.engine.sessions.markGone(row.id, world.engine.ports.clock.now());
    expect(await read()).toMatchObject({ replaced_by: next.row.id });
    expect(await read(next.row.id)).toMatchObject({ replaced_by: null, amount: { amount: '30' } });
  });

  it('is unknown for an id that is none', async () => {
    expect(await (await scene()).read('payses_nobody')).toBeUndefined();
  });
});

describe('the way back', () => {
  const back = async (
    options: Readonly<Record<string, unknown>>,
    data: Readonly<Record<string, unknown>>,
  ) => {
    const world = await startWorld({ options });
    const { row } = await mustStart(world.start({ data }));
    return { world, address: () => returnAddress(world.engine, row.id), row };
  };

  it('leads to the storefront address that the session named', async () => {
    const { address, row } = await back({}, { return_url: 'https://shop.example/thanks?lang=de' });
    expect(await address()).toBe(`https://shop.example/thanks?lang=de&gatewright_session=${row.id}`);
  });

  it('leads to nothing that has left the allow-list since', async () => {
    const { world, row } = await back({}, { return_url: 'https://shop.example/thanks' });
    const settings = { ...world.engine.settings, storefrontUrls: ['https://new.example'] };
    expect(await returnAddress({ ...world.engine, settings }, row.id)).toBe(
      `https://new.example/?gatewright_session=${row.id}`,
    );
  });

  it('is nowhere in a shop that has named no storefront, and unknown for no session', async () => {
    const { world, address } = await back({ storefrontUrls: [] }, {});
    expect(await address()).toBeNull();
    expect(await returnAddress(world.engine, 'payses_nobody')).toBeUndefined();
  });
});
