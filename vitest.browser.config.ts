import { defineConfig } from 'vitest/config';
import { inBrowser, project } from './vitest.config.ts';

/** Tests in a real Chromium: `CHROMIUM_PATH`, else the system's (`npm run test:browser`). */
const browserProject = (name: string, root: string) => {
  const { resolve, test } = project(name, root);
  return {
    resolve,
    test: { ...test, include: inBrowser, exclude: [], testTimeout: 90_000, hookTimeout: 90_000 },
  };
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      browserProject('pay-page', './packages/pay-page'),
      browserProject('woocommerce-bridge', './apps/woocommerce-bridge'),
      browserProject('shopify-payments-app', './apps/shopify-payments-app'),
    ],
  },
});
