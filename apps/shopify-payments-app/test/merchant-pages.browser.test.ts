import { expect, test } from 'vitest';
import { shopDomainSchema } from '../src/sessions/session-headers.ts';
import { domain, heading, open, picture } from './support/browser-scene.ts';
import { activate, connectCryptoPay, install } from './support/merchant-steps.ts';
import { openItems } from './support/open-items.ts';

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

test('a list of many is read page by page', async () => {
  const scene = await open();
  const { world, page, go, complaints } = scene;
  await install(scene);
  const shop = await world.app().shops.byDomain(shopDomainSchema.parse(domain));
  if (!shop) throw new Error('not installed');
  await openItems(world, [shop.live, shop.test], 60);
  await go('Reviews');
  const newer = page.getByRole('link', { name: 'Newer ones' });
  await newer.waitFor();
  expect(await page.getByRole('link', { name: 'Decide' }).count()).toBe(25);
  await newer.click();
  await page.getByText('review-025').waitFor();
  expect(await page.getByText('review-024').count()).toBe(0);
  await newer.click();
  await page.getByText('review-059').waitFor();
  expect(await newer.count()).toBe(0);
  expect(complaints).toEqual([]);
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
