import { join } from 'node:path';
import { minutes } from '@gatewright/payment-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { shopDomainSchema } from '../src/sessions/session-headers.ts';
import { formOf } from './support/merchant-pages.ts';
import { choose, startWorld, type World } from './support/world.ts';

/** Shopify's library answers browsers that call themselves headless with 410 (contract 3.4, trap 6). */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const domain = 'annas.myshopify.com';

interface Scene {
  readonly world: World;
  readonly page: Page;
  /** Leads to a page of the app. */
  readonly go: (name: string) => Promise<void>;
  /** What the browser complained about: scripts, policies, addresses that lead nowhere. */
  readonly complaints: readonly string[];
}

const launch = (port: number): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      // Nothing outside this machine has an address.
      `--host-resolver-rules=MAP *.myshopify.com 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    ],
  });

/** Written for the documentation where a folder is named. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.GATEWRIGHT_SCREENSHOTS;
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `shopify-${name}.png`), fullPage: true });
};

const listen = (context: BrowserContext): readonly string[] => {
  const complaints: string[] = [];
  context.on('weberror', (thrown) => complaints.push(`thrown: ${thrown.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('requestfailed', (request) => {
    // A page that is left does not wait for its last answers.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  return complaints;
};

const open = async (javaScriptEnabled = true): Promise<Scene> => {
  const world = await startWorld({ merchantPages: true });
  world.shopify.openShop({ domain });
  const browser = await launch(world.shopify.address.port);
  onTestFinished(() => browser.close());
  const context = await browser.newContext({
    userAgent,
    javaScriptEnabled,
    ignoreHTTPSErrors: true,
    viewport: { width: 1_120, height: 520 },
  });
  const complaints = listen(context);
  const page = await context.newPage();
  const go = async (name: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  };
  return { world, page, go, complaints };
};

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();

const install = async ({ page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/admin/apps/app-client-id`);
  await page.getByRole('button', { name: 'Install' }).click();
  await heading(page, 'Overview').waitFor();
};

/** Fills the form of a gateway in with what the simulated one gave its merchant. */
const fill = async (
  { page }: Scene,
  config: object,
  labels: Readonly<Record<string, string>>,
): Promise<void> => {
  const values = formOf(config);
  for (const [name, label] of Object.entries(labels)) await page.getByLabel(label).fill(values[name] ?? '');
};

const connectCryptoPay = async (scene: Scene): Promise<void> => {
  const { world, page, go } = scene;
  const simulator = world.simulators.gateways['crypto-pay'];
  const { config, accountId } = simulator.createAccount({ testnet: true });
  await go('Accounts');
  await page.getByRole('link', { name: 'Crypto Pay' }).click();
  await heading(page, 'Connect Crypto Pay').waitFor();
  await fill(scene, config, { token: 'API token', baseUrl: 'Address of the API' });
  await picture(page, 'connect');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('The account is connected.').waitFor();
  simulator.setWebhookUrl(accountId, await page.getByLabel('Webhook address').inputValue());
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('takes the credentials').waitFor();
  await picture(page, 'account');
};

const activate = async ({ page, go }: Scene): Promise<void> => {
  await go('Activation');
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('Shopify knows that this shop can be paid.').waitFor();
  await picture(page, 'activation');
  await page.getByRole('link', { name: "Open Shopify's settings" }).click();
  await page.getByLabel('Test mode').check();
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByText('Active, in test mode').waitFor();
};

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

const openApp = async ({ world, page }: Scene): Promise<void> => {
  await page.goto(`${world.app().publicUrl}/app`);
  await heading(page, 'Overview').waitFor();
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

test('a payment of too little is looked at and accepted', async () => {
  const scene = await open();
  const { world, page, go, complaints } = scene;
  await install(scene);
  await connectCenter(scene);
  await activate(scene);
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
  await world.app().work();
  await page.goto(`https://${domain}/admin/orders`);
  await page.getByText('49.90 USD: paid').waitFor();
  expect(complaints).toEqual([]);
});

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
