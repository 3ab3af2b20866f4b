import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exhibitNames } from '../gallery/gallery.ts';
import { pageId } from '../gallery/rows.ts';
import { type GalleryServer, logo, serveGallery } from '../gallery/serve-gallery.ts';
import { desktop, launchChromium, phone, zoomed } from './chromium.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** What depends on colours, and what on the room there is: asked again where only those change. */
const rulesOf = { colours: ['color-contrast'], room: ['color-contrast', 'target-size'] };

const findingsSchema = z.array(z.object({ rule: z.string(), where: z.string() }));

/** A text, because what runs in the page is no module of ours. */
const findingsOf = async (page: Page, rules: readonly string[] | null) => {
  const runOnly = rules === null ? { type: 'tag', values: levels } : { type: 'rule', values: rules };
  const found = await page.evaluate(`axe
    .run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ rule: id, where: html + ' ' + failureSummary }))))`);
  return findingsSchema.parse(found);
};

/** How much wider than the window the page is; nothing may need sideways scrolling (WCAG 1.4.10). */
const overflowOf = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/**
 * Every exhibit in every circumstance: phone and desktop, light and dark, in both directions of writing. One load
 * serves four views, because only the window and the colours differ between them.
 */
export const describeStates = (withScript: boolean): void => {
  describe(`every state ${withScript ? 'with' : 'without'} a script`, () => {
    let gallery: GalleryServer;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      gallery = await serveGallery({ refreshSeconds: null });
      browser = await launchChromium();
      context = await browser.newContext({ reducedMotion: 'reduce' });
      // axe is a script itself, so the pages' own one is emptied instead of switching all of them off.
      if (!withScript)
        await context.route('**/assets/*.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: '' }),
        );
      await context.route('https://cdn.tea.example/**', (route) => route.fulfill(logo));
      page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
    });

    afterAll(async () => {
      await browser.close();
      await gallery.close();
    });

    it.each(
      exhibitNames.flatMap(
        (name) =>
          [
            [name, 'en'],
            [name, 'ar'],
          ] as const,
      ),
    )('%s (%s)', async (name, tag) => {
      complaints.length = 0;
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme: 'light' });
      const test = name.startsWith('test-') ? '/test' : '';
      await page.goto(`${gallery.url}/pay/${pageId(name)}${test}?lang=${tag}`, { waitUntil: 'load' });
      await page.evaluate(axe.source);
      expect(await findingsOf(page, null), 'phone, light').toEqual([]);
      expect(await overflowOf(page), 'phone').toBe(0);
      await page.setViewportSize(zoomed);
      expect(await overflowOf(page), 'zoomed').toBe(0);
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findingsOf(page, rulesOf.colours), 'phone, dark').toEqual([]);
      await page.setViewportSize(desktop);
      expect(await findingsOf(page, rulesOf.room), 'desktop, dark').toEqual([]);
      expect(await overflowOf(page), 'desktop').toBe(0);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await findingsOf(page, rulesOf.colours), 'desktop, light').toEqual([]);
      const status =
        name.startsWith('problem-') || name === 'not-found' ? /the server responded with a status/ : /^$/;
      expect(
        complaints.filter((text) => !status.test(text)),
        'console',
      ).toEqual([]);
    });
  });
};
