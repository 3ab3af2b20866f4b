import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** A Chromium for the tests of a file: `CHROMIUM_PATH`, else the system's. */
export const useChromium = (): (() => Promise<Page>) => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      // A shop's page in the internet may not call this machine; here both are this machine.
      args: ['--no-sandbox', '--disable-gpu', '--disable-features=LocalNetworkAccessChecks'],
    });
  });
  afterAll(() => browser?.close());
  return async () => {
    const context = await browser?.newContext({ viewport: { width: 1280, height: 1000 } });
    if (!context) throw new Error('Chromium is not open yet');
    onTestFinished(() => context.close());
    return context.newPage();
  };
};
