import type { MerchantDeps } from '../app.ts';
import type { ShopRow } from '../shops/shop-book.ts';

/** What the loaders and actions of the merchant's pages get: the signed-in shop, and what can be done for it. */
export interface MerchantContext {
  readonly shop: ShopRow;
  readonly deps: MerchantDeps;
  /** Of this answer's scripts, for the Content-Security-Policy. */
  readonly nonce: string;
}
