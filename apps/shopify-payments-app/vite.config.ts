import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

// Vitest reads this file too; the pages are built by `remix vite:build`.
export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        v3_singleFetch: true,
      },
    }),
  ],
});
