import { defineConfig } from 'vitest/config';

/** Packs and installs the packages. It asks the npm registry, so it is not part of `npm test`. */
export default defineConfig({
  test: {
    name: 'pack',
    include: ['tools/checks/src/packages/*.pack.ts'],
    hookTimeout: 120_000,
    testTimeout: 60_000,
  },
});
