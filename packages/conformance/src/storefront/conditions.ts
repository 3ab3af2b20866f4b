import type { StorefrontSubject } from './bench.ts';
import type { PlatformFeature } from './platform.ts';

/** True, or why the storefront has no such story. */
export type Condition = (subject: StorefrontSubject) => true | string;

export const readsOrders: Condition = (subject) => subject.readsOrders;

export const has =
  (feature: PlatformFeature): Condition =>
  ({ lacks }) =>
    lacks?.[feature] ?? true;

/** @param otherwise what the platform has instead */
export const hasNo =
  (feature: PlatformFeature, otherwise: string): Condition =>
  ({ lacks }) =>
    lacks?.[feature] !== undefined || otherwise;
