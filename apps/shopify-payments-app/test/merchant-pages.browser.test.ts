import { expect, test } from 'vitest';
import { heading, open, picture } from './support/browser-scene.ts';
import { activate, connectCryptoPay, install } from './support/merchant-steps.ts';

test('the pages are alive: a field keeps what is typed, and an address is copied at a click', async () => {
  const scene = await open();
  const { page, go } = scene;
  await install(scene);
  await connectCryptoPay(scene);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  await go('Activation');
  await page.getByLabel('Name of the account').fill('My own name');
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('Shopify knows that this shop can be paid.').waitFor();
  expect(await page.getByLabel('Name of the account').inputValue()).toBe('My own name');
});

test('everything works without JavaScript too', async () => {
  const scene = await open(false);
  await install(scene);
  await connectCryptoPay(scene);
  await activate(scene);
});

test('an address that leads nowhere is a page with a way back', async () => {
  const scene = await open();
  const { world, page } = scene;
  await install(scene);
  const answered = await page.goto(`${world.app().publicUrl}/app/nowhere`);
  expect(answered?.status()).toBe(404);
  await heading(page, 'There is no such page').waitFor();
  await picture(page, 'no-such-page');
  await page.getByRole('link', { name: 'To the overview' }).click();
  await heading(page, 'Overview').waitFor();
});
