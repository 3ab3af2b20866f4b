import { defineConfig } from 'vitest/config';
import { onMedusa, project } from './vitest.config.ts';

const { resolve, test } = project('medusa', './apps/sandbox');

/** Tests against real Medusa servers (`npm run test:medusa`); the plugin is the built one. */
export default defineConfig({
  test: {
    globalSetup: './apps/sandbox/test/medusa/global-setup.ts',
    fileParallelism: false,
    projects: [
      {
        resolve,
        test: { ...test, include: onMedusa, exclude: [], testTimeout: 300_000, hookTimeout: 900_000 },
      },
    ],
  },
});
