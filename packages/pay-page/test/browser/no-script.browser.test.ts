import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageId } from '../gallery/rows.ts';
import { type GalleryServer, serveGallery } from '../gallery/serve-gallery.ts';
import { launchChromium, phone } from './chromium.ts';

describe('a browser without JavaScript', () => {
  let browser: Browser;
  let gallery: GalleryServer;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    gallery = await serveGallery({ refreshSeconds: 1 });
    browser = await launchChromium();
    context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    await context.route('https://tea.example/**', (route) => route.fulfill({ body: 'the shop' }));
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await gallery.close();
  });

  const open = (exhibit: string) =>
    page.goto(`${gallery.url}/pay/${pageId(exhibit)}?lang=en`, { waitUntil: 'load' });

  it('hears of a change by the Refresh header, and goes back to the shop once it is paid', async () => {
    await open('waiting-page');
    gallery.show('waiting-page', 'paid');
    await page.getByRole('heading', { name: 'Paid. Thank you!' }).waitFor();
    await page.waitForURL('https://tea.example/order-received/1042');
  });

  it.each(['choose-many', 'overpaid', 'not-found'])('never reloads %s', async (exhibit) => {
    const before = gallery.loads(exhibit);
    await open(exhibit);
    await page.waitForTimeout(1_800);
    expect(gallery.loads(exhibit)).toBe(before + 1);
  });

  it('shows no button that would need the script', async () => {
    await open('waiting-tron');
    expect(await page.locator('[data-script]:visible, [data-stay]:visible').count()).toBe(0);
    expect(await page.getByText('TXJgMdjVX5dKiQaUi9QobwNxtSQaFqccvd').isVisible()).toBe(true);
  });

  it('chooses with a form', async () => {
    let posted: string | null = null;
    await context.route('**/choose?lang=en', async (route) => {
      posted = route.request().postData();
      await route.fulfill({ status: 204 });
    });
    await open('choose-many');
    await page.getByRole('button', { name: 'Gatenoc' }).click();
    await expect.poll(() => posted).toBe('account=account_gatenoc');
  });
});
