import type { GatewayId } from '@gatewright/gateway-simulator';
import { hours, minutes, orderKeySchema, resolveReview } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { pass } from './support/time-passes.ts';
import { openReviews, underpay } from './support/underpaid.ts';
import {
  choose,
  type InstalledShop,
  installShop,
  openAccount,
  startSession,
  startWorld,
  type World,
} from './support/world.ts';

/** A session that the buyer has chosen to pay on. */
const begin = async (gateway: GatewayId) => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, gateway);
  const started = await startSession(installed);
  // Nineteen confirmations.
  const method = gateway === 'cryptopayment-center' ? 'trc20' : null;
  await choose(started.redirectUrl, account, method);
  const payment = world.simulators.gateways[gateway].payments().at(-1)?.id ?? '';
  return { world, installed, account, method, payment, ...started };
};

const stateOf = ({ shop }: InstalledShop, id: string) => shop.payment(id)?.state;

const pageOf = (redirectUrl: string): string => redirectUrl.split('/').at(-1) ?? '';

const back = (world: World, redirectUrl: string) =>
  fetch(`${world.app().publicUrl}/return/${pageOf(redirectUrl)}`, { redirect: 'manual' });

describe('money that is not final yet', () => {
  test('is waited for; when it takes longer than the buyer waits, the order is made pending and paid later', async () => {
    const { world, installed, payment, sessionId } = await begin('cryptopayment-center');
    await world.simulators.gateways['cryptopayment-center'].shopper.pay(payment);
    await world.app().work();
    expect(stateOf(installed, sessionId)).toEqual({ code: 'open' });
    await pass(world, minutes(5));
    expect(stateOf(installed, sessionId)).toMatchObject({
      code: 'pending',
      reason: 'NETWORK_ACTION_REQUIRED',
    });
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'pending' }]);
    await pass(world, hours(1));
    expect(stateOf(installed, sessionId)).toEqual({ code: 'resolved' });
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'paid', payments: [sessionId] }]);
  });

  test('is shown on a second session of the checkout, which makes no invoice (rule 9)', async () => {
    const { world, installed, account, method, payment, sessionId, checkout } =
      await begin('cryptopayment-center');
    const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
    await shopper.pay(payment);
    await world.app().work();
    const second = await checkout.pay();
    if (!second.ok) throw new Error(second.reason);
    expect(await (await fetch(second.redirectUrl)).text()).toContain('We can see your payment');
    await choose(second.redirectUrl, account, method);
    expect(payments()).toHaveLength(1);
    await pass(world, hours(1));
    const states = [sessionId, second.sessionId].map((id) => stateOf(installed, id)?.code);
    expect(new Set(states)).toEqual(new Set(['open', 'resolved']));
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'paid' }]);
    for (const { redirectUrl } of [second]) {
      const next = installed.shop.payments().find(({ state }) => state.code === 'resolved')?.returnUrl;
      expect((await back(world, redirectUrl)).headers.get('location')).toBe(next);
    }
  });
});

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

test('a reply that Shopify never got is waited for, and then stands in front of a person (contract 2.6)', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'crypto-pay');
  world.shopify.faults.add({ kind: 'lost-answer', endpoint: 'payment', count: 3 });
  const started = await installed.shop.checkout({ amount: '49.90' }).pay();
  if (started.ok || started.sessionId === undefined) throw new Error('Shopify got the reply');
  const session = await world.app().sessions.byId(installed.row.domain, started.sessionId);
  await choose(session?.redirectUrl ?? '', account);
  const { shopper, payments } = world.simulators.gateways['crypto-pay'];
  await shopper.pay(payments().at(-1)?.id ?? '');
  await pass(world, hours(6), minutes(30));
  const reviews = () => openReviews(world, installed);
  expect((await reviews()).map(({ kind }) => kind)).toEqual(['storefront_unreachable']);
  await pass(world, hours(24), hours(1));
  expect((await reviews()).map(({ kind }) => kind)).toContain('storefront_refused');
  const resolves = world.shopify.journal.filter(
    (entry) => entry.kind === 'graphql' && entry.operations.includes('paymentSessionResolve'),
  );
  expect(resolves.length).toBeGreaterThan(8);
});

test('whoever returns before Shopify was told waits, and is led on when it was', async () => {
  const { world, installed, payment, sessionId, redirectUrl } = await begin('crypto-pay');
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  await world.simulators.gateways['crypto-pay'].shopper.pay(payment);
  await world.app().work();
  const waiting = await back(world, redirectUrl);
  expect([waiting.status, waiting.headers.get('refresh')]).toEqual([200, '3']);
  expect(await waiting.text()).toContain('Your payment has been seen');
  world.shopify.faults.clear();
  await pass(world, minutes(5));
  const led = await back(world, redirectUrl);
  expect([led.status, led.headers.get('location')]).toEqual([
    303,
    installed.shop.payment(sessionId)?.returnUrl,
  ]);
});

test('whoever returns without having paid is on the page of the payment again', async () => {
  const { world, redirectUrl } = await begin('crypto-pay');
  const answer = await back(world, redirectUrl);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, redirectUrl]);
  expect((await fetch(`${world.app().publicUrl}/return/nowhere`)).status).toBe(404);
});

test('a checkout that was paid on another session leads on from every page of it', async () => {
  const { world, installed, account, sessionId, redirectUrl, checkout } = await begin('crypto-pay');
  const second = await checkout.pay();
  if (!second.ok) throw new Error(second.reason);
  await world.simulators.clock.advance(1_000);
  await choose(second.redirectUrl, account);
  const { shopper, payments } = world.simulators.gateways['crypto-pay'];
  await shopper.pay(payments().at(-1)?.id ?? '');
  await world.app().work();
  expect(stateOf(installed, sessionId)).toEqual({ code: 'open' });
  const next = installed.shop.payment(second.sessionId)?.returnUrl;
  for (const url of [redirectUrl, second.redirectUrl])
    expect((await back(world, url)).headers.get('location')).toBe(next);
  const group = orderKeySchema.parse(checkout.group);
  expect(await world.app().sessions.ofGroup(installed.row.test, group)).toHaveLength(2);
});
