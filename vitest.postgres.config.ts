import { defineConfig } from 'vitest/config';
import { onPostgres, project } from './vitest.config.ts';

/** Tests on a real PostgreSQL, which is started from npm for the run (`npm run test:postgres`). */
const postgresProject = (name: string, root: string) => {
  const { resolve, test } = project(name, root);
  return {
    resolve,
    test: { ...test, include: onPostgres, exclude: [], testTimeout: 60_000, hookTimeout: 150_000 },
  };
};

export default defineConfig({
  test: {
    globalSetup: './packages/payment-ledger/test/postgres/global-setup.ts',
    // Each file has several connections and child processes; two cores carry no more.
    maxWorkers: 2,
    projects: [
      postgresProject('payment-ledger', './packages/payment-ledger'),
      postgresProject('cli', './packages/cli'),
      postgresProject('woocommerce-bridge', './apps/woocommerce-bridge'),
      postgresProject('medusa-payment-provider', './packages/medusa-payment-provider'),
      postgresProject('shopify-payments-app', './apps/shopify-payments-app'),
    ],
  },
});
