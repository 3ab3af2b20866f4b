import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests read the other workspaces' sources, so a stale build can never make a test pass. */
const alias = {
  '@gatewright/payment-core': source('./packages/payment-core/src/index.ts'),
  '@gatewright/payment-ledger': source('./packages/payment-ledger/src/index.ts'),
  '@gatewright/operations': source('./packages/operations/src/index.ts'),
  '@gatewright/outbound-http': source('./packages/outbound-http/src/index.ts'),
  '@gatewright/pay-page': source('./packages/pay-page/src/index.ts'),
  '@gatewright/gateway-simulator': source('./packages/gateway-simulator/src/index.ts'),
  '@gatewright/storefront-simulator': source('./packages/storefront-simulator/src/index.ts'),
  '@gatewright/conformance': source('./packages/conformance/src/index.ts'),
  '@gatewright/cli': source('./packages/cli/src/index.ts'),
  '@gatewright/woocommerce-bridge': source('./apps/woocommerce-bridge/src/index.ts'),
  '@gatewright/shopify-payments-app': source('./apps/shopify-payments-app/src/index.ts'),
};

/** What needs a PostgreSQL is a run of its own: vitest.postgres.config.ts. */
export const onPostgres = ['src/**/*.postgres.test.ts', 'test/**/*.postgres.test.ts'];
/** What needs a Chromium is one too: vitest.browser.config.ts. */
export const inBrowser = ['src/**/*.browser.test.ts', 'test/**/*.browser.test.ts'];

/** What needs a real Medusa server is one as well: vitest.medusa.config.ts. */
export const onMedusa = ['src/**/*.medusa.test.ts', 'test/**/*.medusa.test.ts'];

export const project = (name: string, root: string) => ({
  resolve: { alias },
  test: {
    name,
    root,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [...onPostgres, ...inBrowser, ...onMedusa],
    sequence: { shuffle: true },
    // Half of a run would go into importing the same modules for each file; no module keeps a test's state.
    isolate: false,
    setupFiles: [source('./vitest.setup.ts')],
    testTimeout: 30_000,
  },
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    // By default Vitest leaves one core free: half of a machine of two.
    maxWorkers: '100%',
    projects: [
      project('payment-core', './packages/payment-core'),
      project('payment-ledger', './packages/payment-ledger'),
      project('operations', './packages/operations'),
      project('outbound-http', './packages/outbound-http'),
      project('pay-page', './packages/pay-page'),
      project('gateway-simulator', './packages/gateway-simulator'),
      project('storefront-simulator', './packages/storefront-simulator'),
      project('conformance', './packages/conformance'),
      project('cli', './packages/cli'),
      project('woocommerce-bridge', './apps/woocommerce-bridge'),
      project('woocommerce-plugin', './packages/woocommerce-plugin'),
      project('medusa-payment-provider', './packages/medusa-payment-provider'),
      project('shopify-payments-app', './apps/shopify-payments-app'),
      project('sandbox', './apps/sandbox'),
      project('checks', './tools/checks'),
    ],
  },
});
