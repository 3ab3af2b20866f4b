import { hours } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { activeMerchant } from './support/active-merchant.ts';
import { resolveAtShopify } from './support/resolve-at-shopify.ts';
import { pass } from './support/time-passes.ts';
import { openReviews, underpay } from './support/underpaid.ts';
import { choose } from './support/world.ts';

const begin = () => activeMerchant('cryptopayment-center');

/** The pages of somebody who signs in again: a merchant's session ends after a while. */
const pagesOf = async ({ world, merchant }: Awaited<ReturnType<typeof begin>>) => {
  const { browser } = await merchant.shop.merchant.install();
  const { publicUrl } = world.app();
  return {
    get: async (path: string) => (await browser.open(`${publicUrl}${path}`)).body,
    post: (path: string, form: Readonly<Record<string, string>>) =>
      browser.open(`${publicUrl}${path}`, { method: 'POST', form }),
  };
};

test('a pending payment that Shopify let run out is shown as ended by it, before and after more money is told', async () => {
  const scene = await begin();
  const { world, merchant, account } = scene;
  const { sessionId, review } = await underpay(world, merchant.installed, account);
  expect((await merchant.get('/app/payments')).body).toContain('>Pending<');
  await pass(world, hours(74), hours(2));
  expect(merchant.shop.payment(sessionId)?.state).toEqual({ code: 'expired' });
  const { get, post } = await pagesOf(scene);
  const shown = async () => {
    const list = await get('/app/payments');
    expect(list).toContain('Ended by Shopify');
    expect(list).toContain('Its time was over');
    expect(list).not.toContain('>Pending<');
    expect(await get(`/app/payments/${sessionId}`)).toContain(
      'keeps a pending payment for three days at most',
    );
  };
  await shown();
  const accept = { decision: 'accept', amount: '49.90', currency: 'USD', reason: 'Agreed.' };
  await post(`/app/reviews/${review.id}`, accept);
  await world.app().work();
  expect(await openReviews(world, merchant.installed)).toContainEqual(
    expect.objectContaining({ kind: 'storefront_refused' }),
  );
  await shown();
});

test('a payment whose rejection Shopify did not take is shown as ended by it, with why', async () => {
  const scene = await begin();
  const { world, merchant } = scene;
  const paid = await merchant.shop.checkout({ amount: '49.90', kind: 'authorization' }).pay();
  if (!paid.ok) throw new Error(paid.reason);
  await resolveAtShopify(world, merchant.installed, paid.gid);
  await (await fetch(paid.redirectUrl)).text();
  await world.app().work();
  expect((await merchant.get('/app/payments')).body).toContain('Not paid');
  await pass(world, hours(30), hours(1));
  const { get } = await pagesOf(scene);
  const list = await get('/app/payments');
  expect(list).toContain('Ended by Shopify');
  expect(list).toContain('It did not take the rejection');
  expect(await get(`/app/payments/${paid.sessionId}`)).toContain('it holds another end of the payment');
});

test('a payment that Shopify had ended before its money was seen is shown as ended by it', async () => {
  const scene = await begin();
  const { world, merchant, account } = scene;
  const paid = await merchant.shop.checkout({ amount: '49.90' }).pay();
  if (!paid.ok) throw new Error(paid.reason);
  await choose(paid.redirectUrl, account, 'trc20');
  await resolveAtShopify(world, merchant.installed, paid.gid);
  const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
  await shopper.underpay(payments().at(-1)?.id ?? '');
  await pass(world, hours(1));
  const { get } = await pagesOf(scene);
  expect(await get('/app/payments')).toContain('It had ended before the money came');
  expect(await get(`/app/payments/${paid.sessionId}`)).toContain('told that money is on its way');
});

test('money that comes for a checkout goes to the try that Shopify has not ended', async () => {
  const scene = await begin();
  const { world, merchant, account } = scene;
  const { sessions } = world.app();
  const checkout = merchant.shop.checkout({ amount: '49.90' });
  const first = await checkout.pay();
  if (!first.ok) throw new Error(first.reason);
  await choose(first.redirectUrl, account, 'bep20');
  const second = await checkout.pay();
  if (!second.ok) throw new Error(second.reason);
  await sessions.endedBefore(merchant.installed.row.domain, first.sessionId, 'paymentSessionPending');
  const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
  await shopper.pay(payments().at(-1)?.id ?? '');
  await pass(world, hours(1));
  expect(merchant.shop.payment(first.sessionId)?.state).toEqual({ code: 'open' });
  expect(merchant.shop.payment(second.sessionId)?.state).toEqual({ code: 'resolved' });
});
