import '@remix-run/server-runtime';

// The types of loaders and actions follow the flag in vite.config.ts.
declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true;
  }
}
