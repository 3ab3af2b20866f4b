import { join } from 'node:path';
import type { Shop } from '@gatewright/storefront-simulator';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { startWorld, type World } from './world.ts';

/** Shopify's library answers browsers that call themselves headless with 410 (contract 3.4, trap 6). */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The merchant's shop on the simulated Shopify. */
export const domain = 'annas.myshopify.com';

/** A browser in a world with the merchant's pages; nobody has installed the app. */
export interface Scene {
  readonly world: World;
  readonly shop: Shop;
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
export const picture = async (page: Page, name: string): Promise<void> => {
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

export const open = async (javaScriptEnabled = true): Promise<Scene> => {
  const world = await startWorld({ merchantPages: true });
  const shop = world.shopify.openShop({ domain });
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
  return { world, shop, page, go, complaints };
};

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
