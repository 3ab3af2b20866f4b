import { hours, minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { shopDomainSchema } from '../src/sessions/session-headers.ts';
import { domain, heading, open, picture, type Scene } from './support/browser-scene.ts';
import { activate, connectCryptoPay, fill, install, openApp } from './support/merchant-steps.ts';
import { choose } from './support/world.ts';

/** A gateway whose buyers can send too little. */
const connectCenter = async (scene: Scene): Promise<void> => {
  const { world, page, go } = scene;
  const simulator = world.simulators.gateways['cryptopayment-center'];
  const { config, accountId } = simulator.createAccount();
  await go('Accounts');
  await page.getByRole('link', { name: 'CryptoPayment.center' }).click();
  const labels = {
    apiKey: 'API key',
    apiSecret: 'API secret',
    appKey: 'APP_KEY',
    baseUrl: 'Address of the API',
  };
  await fill(scene, config, labels);
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('The account is connected.').waitFor();
  simulator.setWebhookUrl(accountId, await page.getByLabel('Webhook address').inputValue());
};

/** Buys in the shop and sends too little, which is seen. */
const payTooLittle = async ({ world, page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/`);
  await page.getByRole('button', { name: 'Check out' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.waitForURL('**/pay/**');
  const shop = await world.app().shops.byDomain(shopDomainSchema.parse(domain));
  const [account] = shop ? await world.app().vault.accountsOf(shop.test) : [];
  if (!account) throw new Error('not connected');
  await choose(page.url(), account, 'bep20');
  const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
  await shopper.underpay(payments().at(-1)?.id ?? '');
  for (let passed = 0; passed < 4; passed += 1) {
    await world.simulators.clock.advance(minutes(5));
    await world.app().reconcile();
  }
};

/** Looks at it in the app, and decides. */
const accept = async (scene: Scene): Promise<void> => {
  const { page, go } = scene;
  await openApp(scene);
  await go('Reviews');
  await heading(page, 'underpaid').waitFor();
  await picture(page, 'reviews');
  await page.getByRole('link', { name: 'Decide' }).first().click();
  await page.getByText('Accept the payment').click();
  await page.getByLabel('Reason').fill('Agreed with the buyer by mail.');
  await picture(page, 'review');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByText('Your decision is recorded and carried out.').waitFor();
};

test('a payment of too little is looked at and accepted', async () => {
  const scene = await open();
  const { world, page, complaints } = scene;
  await install(scene);
  await connectCenter(scene);
  await activate(scene);
  await payTooLittle(scene);
  await accept(scene);
  await world.app().work();
  await page.goto(`https://${domain}/admin/orders`);
  await page.getByText('49.90 USD: paid').waitFor();
  expect(complaints).toEqual([]);
});

/** The app is opened from Shopify's admin: a working day later nobody is signed in any more. */
const comeBack = async ({ page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/admin/apps/app-client-id`);
  await heading(page, 'Overview').waitFor();
};

test('a rejection that Shopify could not be told is told again from its review, which closes itself', async () => {
  const scene = await open();
  const { world, shop, page, go, complaints } = scene;
  await install(scene);
  await connectCryptoPay(scene);
  await activate(scene);
  const paid = await shop.checkout({ amount: '49.90', kind: 'authorization' }).pay();
  if (!paid.ok) throw new Error(paid.reason);
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  await (await fetch(paid.redirectUrl)).text();
  for (let passed = 0; passed < 30; passed += 1) {
    await world.app().work();
    await world.simulators.clock.advance(hours(1));
  }
  await comeBack(scene);
  await go('Reviews');
  await page.getByRole('link', { name: 'Decide' }).click();
  await page.getByText('It is not tried any more by itself.').waitFor();
  await picture(page, 'untold-review');
  world.shopify.faults.clear();
  await page.getByRole('button', { name: 'Tell Shopify again' }).click();
  await page.getByText('Shopify is being told again.').waitFor();
  await page.getByText('Told again by merchant annas').waitFor();
  await world.app().work();
  await page.reload();
  await page.getByText('Shopify has been told.').waitFor();
  expect(await page.getByRole('button', { name: 'Tell Shopify again' }).count()).toBe(0);
  await go('Reviews');
  await page.getByText('Nothing waits for you.').waitFor();
  await go('Payments');
  await page.getByText('Rejected').first().waitFor();
  expect(complaints).toEqual([]);
});

test('what Shopify could not be told stands on the page Not told, and is told again from there', async () => {
  const scene = await open();
  const { world, page, go, complaints } = scene;
  await install(scene);
  await connectCenter(scene);
  await activate(scene);
  await payTooLittle(scene);
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  await accept(scene);
  for (let passed = 0; passed < 3; passed += 1) {
    await world.app().work();
    await world.simulators.clock.advance(minutes(20));
  }
  await go('Not told');
  const again = page.getByRole('button', { name: 'Tell Shopify again' });
  await again.click();
  await page.getByText('Told again by merchant annas').waitFor();
  await again.click();
  await page.getByText('Somebody has asked for this a moment ago.').waitFor();
  expect(await page.getByText('Told again by merchant annas').count()).toBe(1);
  await go('Not told');
  await page.getByText('Somebody has asked').waitFor({ state: 'detached' });
  await picture(page, 'untold');
  world.shopify.faults.clear();
  await world.simulators.clock.advance(minutes(1));
  await again.click();
  await page.getByText('It is being tried again now.').waitFor();
  await world.app().work();
  await go('Not told');
  await page.getByText('Shopify knows everything.').waitFor();
  await go('Reviews');
  await page.getByText('Nothing waits for you.').waitFor();
  expect(complaints).toEqual([]);
});

test('a payment that Shopify has ended is shown as such, in the list and on its own page', async () => {
  const scene = await open();
  const { world, page, go, complaints } = scene;
  await install(scene);
  await connectCenter(scene);
  await activate(scene);
  await payTooLittle(scene);
  for (let passed = 0; passed < 38; passed += 1) {
    await world.simulators.clock.advance(hours(2));
    await world.app().work();
    await world.shopify.runDue();
  }
  await comeBack(scene);
  await go('Payments');
  await page.getByText('Ended by Shopify').waitFor();
  await picture(page, 'payments-ended');
  await page.getByRole('table').getByRole('link').first().click();
  await heading(page, 'Shopify has ended this payment').waitFor();
  await picture(page, 'payment-ended');
  expect(complaints).toEqual([]);
});
