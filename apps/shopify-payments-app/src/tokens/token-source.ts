import type { ShopDomain } from '../sessions/session-headers.ts';

/** A shop's offline token, good for some minutes at least; refreshed before it ends, once for all who ask. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  /** `not-installed`: there is none, and only the merchant can change that. `unavailable`: ask again later. */
  | { readonly ok: false; readonly reason: 'not-installed' | 'unavailable' };

export interface TokenSource {
  of(shop: ShopDomain): Promise<TokenAnswer>;
  /** Shopify has refused this token: it is not handed out again. */
  refused(shop: ShopDomain, token: string): Promise<void>;
}
