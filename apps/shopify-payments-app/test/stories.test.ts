import { hours, minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { begin, stateOf } from './support/begin-payment.ts';
import { pass } from './support/time-passes.ts';
import { openReviews } from './support/underpaid.ts';
import { choose, installShop, openAccount, startWorld, type World } from './support/world.ts';

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
