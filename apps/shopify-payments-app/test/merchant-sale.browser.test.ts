import { expect, test } from 'vitest';
import { domain, heading, open, picture, type Scene } from './support/browser-scene.ts';
import { activate, connectCryptoPay, install, openApp } from './support/merchant-steps.ts';

/** Buys in the shop and pays at the gateway's own page, in a tab of its own. */
const buy = async ({ world, page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/`);
  await page.getByRole('button', { name: 'Check out' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: /Crypto Pay$/ }).click();
  await heading(page, 'Pay with Crypto Pay').waitFor();
  const opened = page.context().waitForEvent('page');
  await page.locator('#outside').click();
  const gateway = await opened;
  await gateway.getByRole('button', { name: 'Pay 49.90 USD' }).click();
  await gateway.getByText('paid', { exact: true }).first().waitFor();
  await gateway.close();
  await world.app().work();
  await page.waitForURL(`https://${domain}/checkouts/**`);
  await page.getByText('Your order is confirmed.').waitFor();
};

const askForRefund = async ({ world, page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/admin/orders`);
  await page.getByText('49.90 USD: paid').waitFor();
  await page.getByRole('button', { name: 'Refund' }).click();
  await page.getByText('refund 49.90 open').waitFor();
  await world.app().work();
};

const approve = async ({ world, page, go }: Scene): Promise<void> => {
  await go('Refunds');
  await page.getByText('Waits for you').waitFor();
  await picture(page, 'refunds');
  await page.getByRole('link', { name: 'Decide on the refund of 49.90 USD' }).click();
  await heading(page, 'Refund of 49.90 USD').waitFor();
  await picture(page, 'refund');
  await page.getByRole('button', { name: 'I have paid it back' }).click();
  await page.getByText('The refund is recorded as paid back.').waitFor();
  await world.app().work();
};

test('a merchant installs, connects, activates, sells, and pays a refund back, without a complaint of the browser', async () => {
  const scene = await open();
  const { world, page, go, complaints } = scene;
  await install(scene);
  await picture(page, 'overview');
  await connectCryptoPay(scene);
  await go('Test payment');
  await heading(page, 'Make a test payment').waitFor();
  await picture(page, 'test');
  await activate(scene);
  await buy(scene);
  expect(world.shopify.journal.length).toBeGreaterThan(0);
  await askForRefund(scene);
  await openApp(scene);
  await approve(scene);
  await page.goto(`https://${domain}/admin/orders`);
  await page.getByText('refund 49.90 resolved').waitFor();
  await openApp(scene);
  await go('Payments');
  await picture(page, 'payments');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByText('refund recorded by hand').waitFor();
  await picture(page, 'payment');
  for (const name of ['Not told', 'Health', 'Accounts'] as const) {
    await go(name);
    await heading(page, name).waitFor();
    await picture(page, name.toLowerCase().replace(' ', '-'));
  }
  expect(complaints).toEqual([]);
});
