import type { ShopDomain } from '../sessions/session-headers.ts';

/** The longest name that the ledger records a decision under (see `parseOperatorName` in the core). */
const longest = 64;

/** Who decides on the merchant's pages: Shopify's OAuth tells which shop, not which of its people. */
export const merchantName = (domain: ShopDomain): string =>
  `merchant ${domain.replace(/\.myshopify\.com$/, '')}`.slice(0, longest);
