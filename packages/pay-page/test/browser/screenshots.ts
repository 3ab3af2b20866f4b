import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pageId } from '../gallery/rows.ts';
import { logo, serveGallery } from '../gallery/serve-gallery.ts';
import { desktop, launchChromium, phone } from './chromium.ts';

interface Shot {
  readonly exhibit: string;
  readonly language?: string;
  readonly dark?: boolean;
  readonly wide?: boolean;
}

/** What docs/pay-page/README.md shows. */
const shots: readonly Shot[] = [
  { exhibit: 'choose-many' },
  { exhibit: 'choose-many', wide: true },
  { exhibit: 'waiting-page', language: 'de' },
  { exhibit: 'waiting-bot', dark: true, language: 'ru' },
  { exhibit: 'waiting-tron' },
  { exhibit: 'waiting-tron', wide: true, dark: true },
  { exhibit: 'waiting-bitcoin', language: 'ar' },
  { exhibit: 'waiting-nft', language: 'es' },
  { exhibit: 'problem-down' },
  { exhibit: 'seen-counted', language: 'tr' },
  { exhibit: 'paid' },
  { exhibit: 'paid', language: 'ar', wide: true, dark: true },
  { exhibit: 'underpaid-rest' },
  { exhibit: 'overpaid', language: 'es' },
  { exhibit: 'expired-again' },
  { exhibit: 'late', language: 'de', dark: true },
  { exhibit: 'held', language: 'ru' },
  { exhibit: 'logo' },
  { exhibit: 'test-page' },
];

const fileOf = ({ exhibit, language = 'en', dark = false, wide = false }: Shot): string =>
  [exhibit, language, ...(wide ? ['desktop'] : []), ...(dark ? ['dark'] : [])].join('-');

/**
 * Photographs the gallery into a folder, docs/pay-page by default.
 * @param all every exhibit on a phone in English too, for looking at
 */
const main = async (folder: string, all: boolean): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const gallery = await serveGallery({ refreshSeconds: null });
  const browser = await launchChromium();
  const wanted = all
    ? (await import('../gallery/gallery.ts')).exhibitNames.map((exhibit) => ({ exhibit }))
    : shots;
  for (const shot of wanted) {
    const { exhibit, language = 'en', dark = false, wide = false }: Shot = shot;
    const page = await browser.newPage({
      viewport: wide ? desktop : phone,
      colorScheme: dark ? 'dark' : 'light',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    await page.route('https://cdn.tea.example/**', (route) => route.fulfill(logo));
    const name = fileOf(shot);
    const path = `/pay/${pageId(exhibit)}${exhibit.startsWith('test-') ? '/test' : ''}`;
    await page.goto(`${gallery.url}${path}?lang=${language}`, { waitUntil: 'load' });
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: !wide });
    await page.close();
  }
  await browser.close();
  await gallery.close();
};

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../../docs/pay-page', import.meta.url));
await main(folder, process.argv.includes('--all'));
