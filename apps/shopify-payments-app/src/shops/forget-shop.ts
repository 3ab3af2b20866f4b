import type { StoreId } from '@gatewright/payment-core';
import type { SqlLedger, Vault } from '@gatewright/payment-ledger';
import type { ShopRow } from './shop-book.ts';

const forgetAccounts = async (vault: Vault, store: StoreId): Promise<void> => {
  for (const { id } of await vault.accountsOf(store)) {
    await vault.setAccountEnabled(id, false);
    await vault.setAccountConfig(id, null);
  }
};

/**
 * What `shop/redact` asks for: the token, the gateways' credentials and the addresses of checkouts are gone. What was
 * paid, refunded and decided stays, because the merchant's books need it; it names no buyer.
 */
export const forgetShop = async (
  ledger: SqlLedger,
  vault: Vault,
  { domain, live, test }: ShopRow,
): Promise<void> => {
  await vault.setStorefrontCredentials(live, null, { replace: true });
  await forgetAccounts(vault, live);
  await forgetAccounts(vault, test);
  await ledger.transact(async (tx) => {
    await tx.sql`update shopify_sessions set cancel_url = ${`https://${domain}/`}, next_url = null
      where shop = ${domain}`;
    await tx.sql`update shopify_shops set external_handle = null where domain = ${domain}`;
  });
};
