import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';

export const restUrl = (store: Store, path: string): string => `${store.settings.homeUrl}/wp-json${path}`;

/** `_links` of a resource; `allow` are the methods that the key may use on it. */
export const resourceLinks = (
  store: Store,
  self: string,
  collection: string,
  allow: readonly string[],
  more: Readonly<Record<string, Json>> = {},
): Json => ({
  self: [{ href: restUrl(store, self), targetHints: { allow } }],
  collection: [{ href: restUrl(store, collection) }],
  ...more,
});

export const EDIT_AND_DELETE = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
export const EDIT = ['GET', 'POST', 'PUT', 'PATCH'];
export const READ_AND_DELETE = ['GET', 'DELETE'];
