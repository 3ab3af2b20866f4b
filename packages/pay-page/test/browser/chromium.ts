import { type Browser, chromium } from 'playwright-core';

/** `CHROMIUM_PATH`, else the system's. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });

export const phone = { width: 360, height: 740 };
/** A desktop window at 400 % (WCAG 1.4.10). */
export const zoomed = { width: 320, height: 256 };
export const desktop = { width: 1280, height: 800 };
