import { seconds } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';

/** Longer than a refresh can take, so that only one that died is overtaken. */
const leaseMs = seconds(40);

/** Whose turn it is to refresh a shop's tokens, over all processes: no lock is held across the call. */
export interface RefreshLease {
  take(shop: ShopDomain, holder: string, now: number): Promise<boolean>;
  give(shop: ShopDomain, holder: string): Promise<void>;
}

export const createRefreshLease = (ledger: SqlLedger): RefreshLease => ({
  take: (shop, holder, now) =>
    ledger.transact(async (tx) => {
      const taken = await tx.sql`update shopify_shops
        set refresh_holder = ${holder}, refresh_until = ${now + leaseMs}
        where domain = ${shop} and (refresh_until is null or refresh_until <= ${now})
        returning domain`;
      return taken.length === 1;
    }),
  give: (shop, holder) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_shops set refresh_holder = null, refresh_until = null
        where domain = ${shop} and refresh_holder = ${holder}`;
    }),
});
