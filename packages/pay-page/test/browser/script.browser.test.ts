import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageId } from '../gallery/rows.ts';
import { type GalleryServer, serveGallery } from '../gallery/serve-gallery.ts';
import { launchChromium, phone } from './chromium.ts';

let browser: Browser;
let gallery: GalleryServer;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});

beforeEach(async () => {
  gallery = await serveGallery({ refreshSeconds: 1 });
  context = await browser.newContext({ viewport: phone });
  await context.route('https://tea.example/**', (route) => route.fulfill({ body: 'the shop' }));
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await gallery.close();
});

afterAll(() => browser.close());

const open = (exhibit: string, language = 'en') =>
  page.goto(`${gallery.url}/pay/${pageId(exhibit)}?lang=${language}`, { waitUntil: 'load' });

describe('live status', () => {
  it('shows a change without a reload, says it aloud and names the window after it', async () => {
    await open('waiting-tron');
    gallery.show('waiting-tron', 'seen-counted');
    await page.getByRole('heading', { name: 'We can see your payment' }).waitFor();
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('7');
    await page.locator('#announce', { hasText: 'We can see your payment' }).waitFor({ state: 'attached' });
    expect(await page.title()).toBe('We can see your payment · Tea House');
    expect(gallery.loads('waiting-tron')).toBe(1);
  });

  it('keeps the focus where it was, and on the heading when that is gone', async () => {
    await open('waiting-tron');
    await page.locator('#copy-address').focus();
    gallery.show('waiting-tron', 'waiting-bitcoin');
    await page.getByText('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('copy-address');
    gallery.show('waiting-tron', 'late');
    await page.getByRole('heading', { name: 'Your payment arrived late' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('heading');
  });

  it('leaves open what the shopper has opened', async () => {
    await open('waiting-tron');
    await page.getByText('Pay another way').click();
    gallery.show('waiting-tron', 'waiting-bitcoin');
    await page.getByText('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq').waitFor();
    expect(await page.locator('#another-way').getAttribute('open')).not.toBeNull();
  });

  it('says when the connection is lost, and takes it up again', async () => {
    await open('seen');
    await page.locator('#lost').waitFor({ state: 'hidden' });
    gallery.cut();
    await page.locator('#lost').waitFor({ state: 'visible' });
    gallery.show('seen', 'overpaid');
    await page.getByRole('heading', { name: 'Paid, and a little too much' }).waitFor();
    await page.locator('#lost').waitFor({ state: 'hidden' });
  });

  it('asks afresh when the shopper is back after a while', async () => {
    await page.clock.install();
    await open('waiting-page');
    await expect.poll(() => gallery.opened('waiting-page')).toBe(1);
    const turn = (state: string) =>
      page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await turn('hidden');
    await turn('visible');
    expect(gallery.opened('waiting-page')).toBe(1);
    await turn('hidden');
    await page.clock.fastForward(6_000);
    await turn('visible');
    await expect.poll(() => gallery.opened('waiting-page')).toBe(2);
  });

  it('listens to nothing once nothing can change', async () => {
    await page.clock.install();
    await open('overpaid');
    await page.clock.fastForward(60_000);
    expect(gallery.opened('overpaid')).toBe(0);
  });

  it('does not wait for a logo that never comes', async () => {
    await context.route('https://cdn.tea.example/**', () => new Promise(() => undefined));
    await page.clock.install();
    await page.goto(`${gallery.url}/pay/${pageId('logo')}?lang=en`, { waitUntil: 'commit' });
    await page.getByRole('heading', { name: 'Send 54.12 USDT' }).waitFor();
    await page.waitForFunction('document.readyState === "interactive"');
    await page.clock.fastForward(5_500);
    await expect.poll(() => gallery.opened('logo')).toBe(1);
  });

  it('does not stop a choice that is on its way while the logo still loads', async () => {
    await context.route('https://cdn.tea.example/**', () => new Promise(() => undefined));
    let answer = (): void => undefined;
    const asked = new Promise<void>((posted) => {
      void context.route('**/choose?**', async (route) => {
        posted();
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await route.fulfill({ contentType: 'text/html', body: '<h1>chosen</h1>' });
      });
    });
    await page.goto(`${gallery.url}/pay/${pageId('logo-choose')}?lang=en`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Gatenoc' }).click({ noWaitAfter: true });
    await asked;
    // Playwright's clock stands still while a page is leaving, so this takes the script's five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    answer();
    await page.getByRole('heading', { name: 'chosen' }).waitFor();
  });

  it('calls off the reload that the Refresh header has planned', async () => {
    await open('waiting-page');
    await page.waitForTimeout(2_500);
    expect(gallery.loads('waiting-page')).toBe(1);
  });
});

describe('back to the shop', () => {
  it('goes there by itself some seconds after it is paid', async () => {
    await page.clock.install();
    await open('waiting-page');
    gallery.show('waiting-page', 'paid');
    await page.getByRole('heading', { name: 'Paid. Thank you!' }).waitFor();
    await page.clock.fastForward(6_000);
    expect(page.url()).toContain(gallery.url);
    await page.clock.fastForward(1_500);
    await page.waitForURL('https://tea.example/order-received/1042');
  });

  it('stays when the shopper wants to', async () => {
    await page.clock.install();
    await open('paid');
    await page.getByRole('button', { name: 'Stay here' }).click();
    await page.clock.fastForward(60_000);
    expect(page.url()).toContain(gallery.url);
    expect(await page.getByRole('link', { name: 'Back to Tea House' }).getAttribute('href')).toBe(
      'https://tea.example/order-received/1042',
    );
  });

  it.each(['overpaid', 'paid-twice', 'underpaid-shop', 'late', 'held', 'refunded'])(
    'never leaves %s, which has to be read',
    async (exhibit) => {
      await page.clock.install();
      await open(exhibit);
      await page.clock.fastForward(120_000);
      expect(page.url()).toContain(gallery.url);
    },
  );
});

describe('an address to send to', () => {
  it('copies address and amount as a wallet takes them', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('waiting-bitcoin', 'de');
    await page.getByRole('button', { name: 'Betrag kopieren' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('0.00052317');
    await page.getByRole('button', { name: 'Adresse kopieren' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    );
    await page.locator('#announce', { hasText: 'Kopiert' }).waitFor({ state: 'attached' });
  });

  it('selects the text where copying is not allowed', async () => {
    await open('waiting-tron');
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("denied"))');
    await page.getByRole('button', { name: 'Copy address' }).click();
    expect(await page.evaluate('getSelection().toString()')).toBe('TXJgMdjVX5dKiQaUi9QobwNxtSQaFqccvd');
  });

  it('counts down by the time the server gave, whatever the clock here says', async () => {
    await page.clock.install({ time: 0 });
    await open('waiting-tron');
    await page.clock.fastForward(61_000);
    expect(await page.locator('[data-left]').textContent()).toMatch(/^21:5\d$/);
  });
});

describe('what strangers wrote', () => {
  it('shows as text, adds no element and opens nothing', async () => {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await open('hostile');
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"], a[href^="data"]').count()).toBe(0);
    expect(await page.locator('dd').nth(1).textContent()).toContain('<script>alert(1)</script>');
    expect(dialogs).toEqual([]);
  });
});

describe('how it moves', () => {
  it.each([
    ['reduce', 'none'],
    ['no-preference', 'pulse'],
  ] as const)('%s: the waiting dot has the animation %s', async (reducedMotion, animation) => {
    await page.emulateMedia({ reducedMotion });
    await open('waiting-page');
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.pulse'), '::before').animationName`),
    ).toBe(animation);
  });
});

describe('a double click on a way to pay', () => {
  it('sends the form once', async () => {
    const posts: string[] = [];
    await context.route('**/choose?**', async (route) => {
      posts.push(route.request().postData() ?? '');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.fulfill({ status: 204 });
    });
    await open('choose-many');
    await page.getByRole('button', { name: 'Litecoin' }).dblclick();
    await page.waitForTimeout(600);
    expect(posts).toEqual(['account=account_cryptopayment-center&method=ltc']);
  });
});
