import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { tokenOf } from './support/operator-call.ts';
import { openShop, startWorld } from './support/world.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});

afterAll(() => browser.close());

test('an owner signs in, adds an account and tests it, with no script and by labels alone', async () => {
  const world = await startWorld({ realTime: true });
  const { woo, store } = await openShop(world, { name: 'My shop' });
  const context = await browser.newContext({
    viewport: { width: 720, height: 900 },
    javaScriptEnabled: false,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${world.bridge.publicUrl}/connect`);
  await page.getByLabel('Address of the shop').fill(woo.url);
  await page.getByLabel("Operator's token, or a pairing code").fill(await tokenOf(world, store));
  await page.getByRole('button', { name: 'Sign in' }).click();

  const { config } = world.simulators.gateways['crypto-pay'].createAccount();
  await page.getByLabel('Gateway', { exact: true }).selectOption({ label: 'Crypto Pay' });
  await page.getByLabel('Its credentials, as one JSON object').fill(JSON.stringify(config));
  await page.getByRole('button', { name: 'Add the account' }).click();
  const account = page.getByRole('heading', { level: 3, name: 'Crypto Pay' });
  await account.waitFor();
  expect(await page.getByLabel('Its credentials, as one JSON object').inputValue()).toBe('');

  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('status').first().waitFor();
  await page.getByRole('button', { name: 'Switch off', exact: true }).first().click();
  await page.getByRole('button', { name: 'Switch on', exact: true }).first().waitFor();
});
