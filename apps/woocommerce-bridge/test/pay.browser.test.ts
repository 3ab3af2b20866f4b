import { createLog } from '@gatewright/operations';
import { newTestGatewayConfig } from '@gatewright/payment-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readEnv } from '../src/env.ts';
import { startBridge } from '../src/start-bridge.ts';
import { openAccount } from './support/accounts.ts';
import { countedBytes, openShop, type Shop, sandboxKeys, startWorld, type World } from './support/world.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});

afterAll(() => browser.close());

interface Scene extends World, Shop {
  readonly context: BrowserContext;
  readonly orderId: number;
  /** Address of the shopper's page. */
  readonly address: string;
}

/** A shop with two gateways and the built-in one, an order in it, and a shopper with a phone. */
const atThePayPage = async (javaScriptEnabled: boolean): Promise<Scene> => {
  const world = await startWorld({ realTime: true });
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  await openAccount(world, shop.store, 'teleport-pay');
  const config = newTestGatewayConfig(countedBytes('test gateway'));
  await world.bridge.vault.addAccount({ store: shop.store, gateway: 'test', mode: 'test', config });
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  const { redirectUrl: address, invoice } = await shop.woo.shopper.pay(orderId);
  expect(invoice).toBeNull();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled });
  onTestFinished(() => context.close());
  return { ...world, ...shop, context, orderId, address };
};

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

const chooseCryptoPay = async (page: Page): Promise<void> => {
  await heading(page, 'How would you like to pay?').waitFor();
  await page.getByRole('button', { name: /^Crypto Pay/ }).click();
  await heading(page, 'Pay with Crypto Pay').waitFor();
};

/** A reload would lose it. */
const mark = (page: Page) => page.evaluate("document.body.setAttribute('data-marked', 'yes')");
const isMarked = async (page: Page) => (await page.locator('body').getAttribute('data-marked')) === 'yes';

/** Pays at the gateway's own page, which opens in a tab of its own. */
const payInNewTab = async (page: Page): Promise<void> => {
  const opened = page.context().waitForEvent('page');
  await page.locator('#outside').click();
  const gateway = await opened;
  await gateway.getByRole('button', { name: 'Pay 49.90 USD' }).click();
  await gateway.getByText('paid', { exact: true }).first().waitFor();
  await gateway.close();
};

/** A second bridge over the same ledger, as a replica on the same machine. */
const secondBridge = async ({ file, simulators }: World): Promise<string> => {
  const read = readEnv({
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_KEYS: sandboxKeys,
    DATABASE_URL: `sqlite:${file}`,
    PORT: '0',
    OPERATOR_PORT: '0',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const bridge = await startBridge({
    env: read.env,
    clock: simulators.clock,
    random: countedBytes('second bridge'),
    log: createLog({ level: 'silent' }),
  });
  onTestFinished(() => bridge.stop());
  return bridge.publicUrl;
};

describe('a shopper with a phone', () => {
  test('chooses, pays in another tab, sees it without a reload, and is taken back to the shop', async () => {
    const { context, address, woo, orderId } = await atThePayPage(true);
    const page = await context.newPage();
    await page.goto(address);
    await chooseCryptoPay(page);
    await mark(page);
    await payInNewTab(page);
    await heading(page, 'Paid. Thank you!').waitFor();
    expect(await isMarked(page)).toBe(true);
    await page.waitForURL(`${woo.url}/checkout/order-received/${orderId}/**`);
    expect(await page.locator('[data-status]').getAttribute('data-status')).toBe('processing');
  });

  test('does the same without JavaScript, by the Refresh header', async () => {
    const { context, address, woo, orderId } = await atThePayPage(false);
    const page = await context.newPage();
    await page.goto(address);
    await chooseCryptoPay(page);
    await payInNewTab(page);
    await heading(page, 'Paid. Thank you!').waitFor();
    await page.waitForURL(`${woo.url}/checkout/order-received/${orderId}/**`);
    expect(await page.locator('[data-status]').getAttribute('data-status')).toBe('processing');
  });

  test('hears of it from a replica that did not get the webhook', async () => {
    const scene = await atThePayPage(true);
    const page = await scene.context.newPage();
    await page.goto(scene.address);
    await chooseCryptoPay(page);
    const replica = await secondBridge(scene);
    const watching = await scene.context.newPage();
    await watching.goto(`${replica}${new URL(scene.address).pathname}`);
    await heading(watching, 'Pay with Crypto Pay').waitFor();
    await mark(watching);
    const cryptoPay = scene.simulators.gateways['crypto-pay'];
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    await heading(watching, 'Paid. Thank you!').waitFor();
    expect(await isMarked(watching)).toBe(true);
    const told = cryptoPay.deliveries().map(({ url }) => new URL(url ?? '').origin);
    expect(told).toEqual([scene.bridge.publicUrl]);
  });

  test('tries the whole way without an account, with the built-in gateway', async () => {
    const { context, address, woo, orderId } = await atThePayPage(true);
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('button', { name: /^Test payment/ }).click();
    await page.locator('#outside').click();
    await heading(page, 'Test payment').waitFor();
    await page.locator('#test-pay').click();
    await heading(page, 'Paid. Thank you!').waitFor();
    await page.waitForURL(`${woo.url}/checkout/order-received/${orderId}/**`);
  });
});
