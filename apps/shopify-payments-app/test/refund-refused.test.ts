import { hours, minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { activeMerchant } from './support/active-merchant.ts';
import { pathOf } from './support/merchant-pages.ts';
import { pass } from './support/time-passes.ts';
import { openReviews } from './support/underpaid.ts';
import { choose } from './support/world.ts';

/** A refund that was paid back by the gateway, while Shopify did not get our answer to its request. */
const unanswered = async () => {
  const { world, merchant, account } = await activeMerchant('gatenoc');
  const { shop } = merchant;
  const paid = await shop.checkout({ amount: '49.90' }).pay();
  if (!paid.ok) throw new Error(paid.reason);
  await choose(paid.redirectUrl, account);
  const { shopper, payments } = world.simulators.gateways.gatenoc;
  await shopper.pay(payments().at(-1)?.id ?? '');
  await pass(world, minutes(10));
  world.shopify.faults.add({ kind: 'lost-answer', endpoint: 'refund', count: 'always' });
  const [order] = shop.orders();
  const asked = await shop.merchant.refund(order?.id ?? 0, '49.90');
  if (asked.ok || !('sessionId' in asked)) throw new Error('the answer was to be lost');
  await world.app().work();
  expect(payments().at(-1)?.refunded).toBe('49.90');
  expect(shop.followUps()).toMatchObject([{ state: 'open', delivery: 'failed' }]);
  return { world, merchant, id: String(asked.sessionId) };
};

const stateOf = ({ merchant: { shop } }: Awaited<ReturnType<typeof unanswered>>) =>
  shop.followUps()[0]?.state;

test('a refund that Shopify refuses because our answer was lost is told as soon as it has one (contract 2.3)', async () => {
  const scene = await unanswered();
  const { world, merchant, id } = scene;
  await pass(world, minutes(30));
  expect((await merchant.get('/app/untold')).body).toContain('REFUND_SESSION_INVALID_STATE');
  expect((await merchant.get(`/app/refunds/${id}`)).body).toContain('Shopify is being told.');
  world.shopify.faults.clear();
  expect(await merchant.shop.merchant.retry(id)).toMatchObject({ ok: true });
  await world.app().work();
  expect(stateOf(scene)).toBe('resolved');
  expect(await openReviews(world, merchant.installed)).toEqual([]);
});

test('a refund that Shopify refuses for a day stands in front of the owner, and is told again from there', async () => {
  const scene = await unanswered();
  const { world, merchant, id } = scene;
  await pass(world, hours(30), hours(1));
  const [review] = await openReviews(world, merchant.installed);
  expect(review).toMatchObject({
    kind: 'storefront_refused',
    detail: expect.stringContaining('did not take that the refund of 49.90 USD was made'),
  });
  const { browser } = await merchant.shop.merchant.install();
  const at = (path: string) => `${world.app().publicUrl}${path}`;
  expect((await browser.open(at('/app/untold'))).body).toContain('Shopify knows everything.');
  expect((await browser.open(at(`/app/refunds/${id}`))).body).toContain('Shopify holds another end of it.');
  const path = `/app/reviews/${review?.id}`;
  const tellAgain = () => browser.open(at(path), { method: 'POST', form: { intent: 'tell-again' } });
  await tellAgain();
  await world.app().work();
  expect(await openReviews(world, merchant.installed)).toHaveLength(1);
  world.shopify.faults.clear();
  expect(await merchant.shop.merchant.retry(id)).toMatchObject({ ok: true });
  await world.simulators.clock.advance(minutes(1));
  expect(pathOf(await tellAgain())).toBe(`${path}?did=telling`);
  await world.app().work();
  expect(stateOf(scene)).toBe('resolved');
  expect(await openReviews(world, merchant.installed)).toEqual([]);
});

test('a refund that was given up is told when Shopify asks for it once more', async () => {
  const scene = await unanswered();
  const { world, merchant, id } = scene;
  await pass(world, hours(30), hours(1));
  world.shopify.faults.clear();
  expect(await merchant.shop.merchant.retry(id)).toMatchObject({ ok: true });
  await world.app().work();
  expect(stateOf(scene)).toBe('resolved');
  expect(await openReviews(world, merchant.installed)).toEqual([]);
});
