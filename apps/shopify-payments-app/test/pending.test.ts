import { hours, minutes, resolveReview } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { begin, stateOf } from './support/begin-payment.ts';
import { pass } from './support/time-passes.ts';
import { openReviews, underpay } from './support/underpaid.ts';
import { type InstalledShop, installShop, startWorld, type World } from './support/world.ts';

/** Too little came, so the order was made and waits for the merchant. */
const pended = async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const held = await underpay(world, installed);
  expect(stateOf(installed, held.sessionId)).toMatchObject({ code: 'pending' });
  return { world, installed, ...held };
};

const ignore = async (world: World, installed: InstalledShop): Promise<void> => {
  const { ports } = world.app();
  for (const { id } of await openReviews(world, installed)) {
    const decision = { kind: 'ignore' } as const;
    const by = 'anna';
    const ended = await resolveReview(ports, {
      store: installed.row.test,
      review: id,
      by,
      reason: 'asked',
      decision,
    });
    expect(ended).toEqual({ ok: true });
  }
};

describe('a pending payment', () => {
  test('that Shopify is going to end is shown to a person half a day before, once', async () => {
    const { world, installed, sessionId } = await pended();
    await pass(world, hours(58), hours(2));
    const endings = async () =>
      (await openReviews(world, installed)).filter(({ key }) => key === `pending_ends:${sessionId}`);
    expect(await endings()).toEqual([]);
    await pass(world, hours(6), hours(2));
    expect(await endings()).toMatchObject([
      { kind: 'pending_ends', detail: expect.stringContaining('Shopify ends this pending') },
    ]);
  });

  test('that Shopify has ended takes no money any more: what is accepted then stands in front of a person', async () => {
    const { world, installed, sessionId, account } = await pended();
    await pass(world, hours(74), hours(2));
    expect(stateOf(installed, sessionId)).toEqual({ code: 'expired' });
    const [underpaid] = (await openReviews(world, installed)).filter(({ kind }) => kind === 'underpaid');
    if (!underpaid) throw new Error('nothing to accept');
    const [session] = await world.app().sessions.ofShop(installed.row.domain, undefined, 1);
    if (!session) throw new Error('no session');
    const decision = { kind: 'accept', amount: session.amount } as const;
    const accepted = {
      store: installed.row.test,
      review: underpaid.id,
      by: 'anna',
      reason: 'goodwill',
      decision,
    };
    expect(await resolveReview(world.app().ports, accepted)).toEqual({ ok: true });
    await world.app().work();
    expect(await openReviews(world, installed)).toContainEqual(
      expect.objectContaining({ kind: 'storefront_refused' }),
    );
    expect(account.enabled).toBe(true);
  });

  test('that a person has decided against is rejected at once, and not before', async () => {
    const { world, installed, sessionId, payment } = await pended();
    const { shopper } = world.simulators.gateways['cryptopayment-center'];
    await pass(world, hours(2), minutes(30));
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'pending' });
    await ignore(world, installed);
    await world.app().work();
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason: 'CANCELLED_PAYMENT' });
    expect(installed.shop.orders()[0]?.cancelledAt).toBeDefined();
    // Money that comes now has no session left to be told of.
    expect(await shopper.topUp(payment)).toEqual({ ok: true });
    await pass(world, hours(2), minutes(30));
    expect(await openReviews(world, installed)).not.toEqual([]);
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'rejected' });
  });

  /** Money that was seen, made the order pending, and is gone from its chain. @param step how often anybody looks */
  const dropped = async (step: number) => {
    const begun = await begin('cryptopayment-center');
    const { world, installed, payment, sessionId } = begun;
    const { shopper } = world.simulators.gateways['cryptopayment-center'];
    await shopper.pay(payment);
    await pass(world, minutes(10));
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'pending' });
    expect(await shopper.reorg(payment)).toEqual({ ok: true });
    await pass(world, hours(68), step);
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'pending' });
    expect(await openReviews(world, installed)).toEqual([]);
    return { ...begun, shopper };
  };

  test.each([
    ['before the expiry', minutes(5)],
    ['only after the expiry', hours(1)],
  ])(
    'whose money went away, as is seen %s, waits for it and is rejected before Shopify ends it',
    async (_when, step) => {
      const { world, installed, sessionId } = await dropped(step);
      world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 2 });
      await pass(world, hours(3), minutes(10));
      expect(stateOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason: 'CANCELLED_PAYMENT' });
      expect(installed.shop.orders()[0]?.cancelledAt).toBeDefined();
      // Nobody had anything to decide.
      expect(await openReviews(world, installed)).toEqual([]);
    },
  );

  test('whose money went away while Shopify was being told of it is rejected all the same', async () => {
    const { world, installed, payment, sessionId } = await begin('cryptopayment-center');
    const { shopper } = world.simulators.gateways['cryptopayment-center'];
    await shopper.pay(payment);
    await pass(world, minutes(3), minutes(3));
    expect(await shopper.reorg(payment)).toEqual({ ok: true });
    // The hold and the end of the order become due at once.
    await world.simulators.clock.advance(hours(2));
    await world.app().work();
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'pending' });
    await pass(world, hours(71), hours(1));
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason: 'CANCELLED_PAYMENT' });
    expect(await openReviews(world, installed)).toEqual([]);
  });

  test('whose money went away and comes again is not rejected: a person decides', async () => {
    const { world, installed, sessionId, payment, shopper } = await dropped(hours(1));
    expect(await shopper.pay(payment)).toEqual({ ok: true });
    await pass(world, hours(3), minutes(10));
    expect(stateOf(installed, sessionId)).toMatchObject({ code: 'pending' });
    expect((await openReviews(world, installed)).map(({ kind }) => kind)).toContain('late');
  });
});
