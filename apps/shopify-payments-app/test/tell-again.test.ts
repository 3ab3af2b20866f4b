import { hours, minutes, orderKeySchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { activeMerchant } from './support/active-merchant.ts';
import { pathOf, signIn } from './support/merchant-pages.ts';
import { openReviews, underpay } from './support/underpaid.ts';
import { choose, openAccount, type World } from './support/world.ts';

const begin = () => activeMerchant('crypto-pay');

type Scene = Pick<Awaited<ReturnType<typeof begin>>, 'world' | 'merchant'>;

const hoursPass = async (world: World, count: number): Promise<void> => {
  for (let passed = 0; passed < count; passed += 1) {
    await world.app().work();
    await world.simulators.clock.advance(hours(1));
  }
};

/** Shopify is silent for longer than the schedule lasts. @returns the page of the item that says so, and who is signed in again */
const silentDay = async ({ world, merchant }: Scene, url: string) => {
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  await (await fetch(url)).text();
  await hoursPass(world, 30);
  const [review] = await openReviews(world, merchant.installed);
  if (!review) throw new Error('nothing was given up');
  const { browser } = await merchant.shop.merchant.install();
  const address = (path: string) => `${world.app().publicUrl}${path}`;
  return {
    path: `/app/reviews/${review.id}`,
    get: (path: string) => browser.open(address(path)),
    tellAgain: (path: string) =>
      browser.open(address(path), { method: 'POST', form: { intent: 'tell-again' } }),
  };
};

/** An authorization cannot be paid here, and Shopify does not hear of it. */
const givenUp = async (scene: Scene) => {
  const paid = await scene.merchant.shop.checkout({ amount: '49.90', kind: 'authorization' }).pay();
  if (!paid.ok) throw new Error(paid.reason);
  return { ...paid, ...(await silentDay(scene, paid.redirectUrl)) };
};

const sentFrom = ({ shopify }: World, start: number, operation: string) =>
  shopify.journal
    .slice(start)
    .filter((entry) => entry.kind === 'graphql' && entry.operations.includes(operation)).length;

test('a rejection that was given up is told again once, and its item closes itself', async () => {
  const scene = await begin();
  const { world, merchant } = scene;
  const { sessionId, path, get, tellAgain } = await givenUp(scene);
  expect((await get(path)).body).toContain('Tell Shopify again');
  world.shopify.faults.clear();
  const start = world.shopify.journal.length;
  const clicks = await Promise.all([tellAgain(path), tellAgain(path)]);
  expect(clicks.map(pathOf).toSorted()).toEqual([`${path}?did=telling`, `${path}?did=telling-already`]);
  await world.app().work();
  expect(merchant.shop.payment(sessionId)?.state).toMatchObject({ code: 'rejected' });
  expect(sentFrom(world, start, 'paymentSessionReject')).toBe(1);
  const closed = (await get(path)).body;
  expect(closed).toContain('Shopify has been told.');
  expect(closed).toMatch(/merchant annas(?:<!-- -->)?, (?:<!-- -->)?<time dateTime="2026-/);
  expect(closed).not.toContain('Tell Shopify again');
  expect(await openReviews(world, merchant.installed)).toEqual([]);
  const known = await tellAgain(path);
  expect([known.status, known.body.includes('Shopify knows it by now')]).toEqual([409, true]);
});

test('a rejection that is told again is tried for another day, and its item says what Shopify answered', async () => {
  const scene = await begin();
  const { world, merchant } = scene;
  const { sessionId, path, get, tellAgain } = await givenUp(scene);
  expect((await get(path)).body).toContain('It is not tried any more by itself.');
  await tellAgain(path);
  await hoursPass(world, 3);
  expect((await openReviews(world, merchant.installed)).map(({ id }) => `/app/reviews/${id}`)).toEqual([
    path,
  ]);
  const waiting = (await get(path)).body;
  expect(waiting).toContain('The last answer was server error.');
  expect(waiting).toContain('It is tried again by itself');
  world.shopify.faults.clear();
  await hoursPass(world, 5);
  expect(merchant.shop.payment(sessionId)?.state).toMatchObject({ code: 'rejected' });
  expect(await openReviews(world, merchant.installed)).toEqual([]);
});

test('a rejection that has become wrong meanwhile is not told, and its item closes all the same', async () => {
  const { world, merchant } = await activeMerchant('cryptopayment-center');
  const checkout = merchant.shop.checkout({ amount: '0.50' });
  const first = await checkout.pay();
  if (!first.ok) throw new Error(first.reason);
  const { path, tellAgain } = await silentDay({ world, merchant }, first.redirectUrl);
  world.shopify.faults.clear();
  const account = await openAccount(world, merchant.installed, 'crypto-pay');
  const second = await checkout.pay();
  if (!second.ok) throw new Error(second.reason);
  expect((await choose(second.redirectUrl, account)).status).toBe(303);
  await tellAgain(path);
  await world.app().work();
  expect(merchant.shop.payment(first.sessionId)?.state).toEqual({ code: 'open' });
  expect(await openReviews(world, merchant.installed)).toEqual([]);
});

test('a merchant tells nothing of another shop again (invariant 6)', async () => {
  const scene = await begin();
  const { path } = await givenUp(scene);
  const other = await signIn(scene.world, 'bens');
  scene.world.shopify.faults.clear();
  expect((await other.post(path, { intent: 'tell-again' })).status).toBe(404);
  await scene.world.app().work();
  expect(await openReviews(scene.world, scene.merchant.installed)).toHaveLength(1);
});

/** Money came, and Shopify holds another end of the only session that it could be told of. */
const refusedResolve = async () => {
  const scene = await begin();
  const { world, merchant } = scene;
  const account = await openAccount(world, merchant.installed, 'gatenoc');
  const checkout = merchant.shop.checkout({ amount: '49.90' });
  const paid = await checkout.pay();
  if (!paid.ok) throw new Error(paid.reason);
  await choose(paid.redirectUrl, account);
  await world.app().sessions.told(merchant.installed.row.domain, paid.sessionId, 'rejected', null);
  const { shopper, payments } = world.simulators.gateways.gatenoc;
  await shopper.pay(payments().at(-1)?.id ?? '');
  await world.app().reconcile();
  const [review] = await openReviews(world, merchant.installed);
  expect(review).toMatchObject({ kind: 'storefront_refused' });
  return { world, merchant, checkout, path: `/app/reviews/${review?.id}` };
};

test('a payment that Shopify refused is told again from its review, and its item closes itself', async () => {
  const { world, merchant, checkout, path } = await refusedResolve();
  await merchant.post(path, { intent: 'tell-again' });
  await world.app().work();
  expect(await openReviews(world, merchant.installed)).toHaveLength(1);
  const again = await checkout.pay();
  if (!again.ok) throw new Error(again.reason);
  await world.simulators.clock.advance(minutes(1));
  expect(pathOf(await merchant.post(path, { intent: 'tell-again' }))).toBe(`${path}?did=telling`);
  await world.app().work();
  expect(merchant.shop.payment(again.sessionId)?.state).toEqual({ code: 'resolved' });
  expect(await openReviews(world, merchant.installed)).toEqual([]);
  const [newest] = await world
    .app()
    .ports.ledger.transact((tx) =>
      tx.invoices.ofOrder(merchant.installed.row.test, orderKeySchema.parse(checkout.group)),
    );
  expect(newest?.exceptions).not.toContain('review');
});

test('an item of a shop that could not be told closes itself as soon as it was', async () => {
  const { world, merchant, account } = await activeMerchant('cryptopayment-center');
  const { sessionId, review } = await underpay(world, merchant.installed, account);
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  const decision = { decision: 'accept', amount: '49.90', currency: 'USD', reason: 'Agreed.' };
  await merchant.post(`/app/reviews/${review.id}`, decision);
  await hoursPass(world, 2);
  const silent = (await openReviews(world, merchant.installed)).find(
    ({ kind }) => kind === 'storefront_unreachable',
  );
  const path = `/app/reviews/${silent?.id}`;
  const { browser } = await merchant.shop.merchant.install();
  const url = `${world.app().publicUrl}${path}`;
  expect((await browser.open(url)).body).toContain('Tell Shopify again');
  world.shopify.faults.clear();
  const told = await browser.open(url, { method: 'POST', form: { intent: 'tell-again' } });
  expect(pathOf(told)).toBe(`${path}?did=telling`);
  await world.app().work();
  expect(merchant.shop.payment(sessionId)?.state.code).toBe('resolved');
  expect((await browser.open(url)).body).toContain('The shop has been told.');
});
