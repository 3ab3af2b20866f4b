import type { CallingStore } from './plugin-route.ts';

/**
 * Whether a URL leads back to the shop that sent it: same scheme, host and port as the paired address, no credentials.
 * A link of another host would make the bridge's page a redirector for anybody who holds a store's key.
 */
export const belongsToStore = (text: string, store: Pick<CallingStore, 'url'>): boolean => {
  const url = URL.parse(text);
  return (
    url !== null && url.username === '' && url.password === '' && url.origin === new URL(store.url).origin
  );
};
