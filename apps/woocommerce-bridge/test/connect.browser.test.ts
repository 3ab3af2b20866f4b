import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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

/** An owner who has just signed in. */
const signedIn = async (options: BrowserContextOptions) => {
  const world = await startWorld({ realTime: true });
  const { woo, store } = await openShop(world, { name: 'My shop' });
  const context = await browser.newContext({ viewport: { width: 720, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${world.bridge.publicUrl}/connect`);
  await page.getByLabel('Address of the shop').fill(woo.url);
  await page.getByLabel("Operator's token, or a pairing code").fill(await tokenOf(world, store));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Gateway accounts' }).waitFor();
  return { world, store, page };
};

const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** A text, because what runs in the page is no module of ours. */
const violationsIn = async (page: Page): Promise<unknown> => {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run(document, ${JSON.stringify({ runOnly: rules })})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`);
};

test('an owner signs in, adds an account and tests it, with no script and by labels alone', async () => {
  const { world, page } = await signedIn({ javaScriptEnabled: false });
  const { config } = world.simulators.gateways.gatenoc.createAccount();
  const summary = page.locator('summary', { hasText: 'Gatenoc' });
  const form = page.locator('details', { has: summary });
  const fill = async (merchantId: string) => {
    await form.getByLabel('Merchant id').fill(merchantId);
    await form.getByLabel('Payment API key').fill(config.apiKey);
    await form.getByLabel('Webhook secret').fill(config.webhookSecret);
    await form.getByLabel('Address of the API').fill(config.baseUrl);
    await form.getByRole('button', { name: 'Add Gatenoc' }).click();
  };
  await summary.click();
  await fill('the id');
  await page.getByRole('alert').getByText('The credentials cannot be used').waitFor();
  // The page is longer than the window: what was refused must be where the owner looks.
  const { y } = (await page.getByRole('alert').boundingBox()) ?? { y: -1 };
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y).toBeLessThan(900);
  const id = form.getByLabel('Merchant id');
  expect([await id.inputValue(), await id.getAttribute('aria-invalid')]).toEqual(['the id', 'true']);
  expect(await form.getByLabel('Payment API key').inputValue()).toBe('');
  await fill(config.merchantId);

  await page.getByRole('status').getByText('Gatenoc: the account works.').waitFor();
  await page.getByRole('heading', { level: 3, name: 'Gatenoc' }).waitFor();
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('status').getByText('the account works').waitFor();
  await page.getByRole('button', { name: 'Switch off', exact: true }).first().click();
  await page.getByRole('button', { name: 'Switch on', exact: true }).first().waitFor();
});

test('the keyboard opens a form, and the list of what is wrong leads to the field', async () => {
  const { page } = await signedIn({});
  await page.locator('summary', { hasText: 'Gatenoc' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('12');
  // A browser does not send an empty required field; other senders do.
  await page.evaluate(
    "document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required'))",
  );
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('Something is missing').waitFor();
  await alert.getByRole('link', { name: 'Payment API key' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.name')).toMatch(/apiKey|webhookSecret/);
  expect(await page.getByLabel('Merchant id').inputValue()).toBe('12');
});

test.each(['light', 'dark'] as const)(
  'in %s colours the page is accessible, with accounts and with errors',
  async (colorScheme) => {
    const { world, store, page } = await signedIn({ colorScheme });
    expect(await violationsIn(page)).toEqual([]);
    const { config } = world.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    await world.bridge.vault.addAccount({ store, gateway: 'crypto-pay', mode: 'test', config });
    await page.reload();
    const summary = page.locator('summary', { hasText: 'CryptoPayment' });
    const form = page.locator('details', { has: summary });
    await summary.click();
    await form.getByLabel('API key').fill('pk_x');
    await form.getByLabel('API secret').fill('sk_x');
    await form.getByLabel('APP_KEY').fill('x');
    await form.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await page.locator('summary', { hasText: 'Replace the credentials' }).click();
    expect(await violationsIn(page)).toEqual([]);
  },
);
