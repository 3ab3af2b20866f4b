import { type StoreId, storeIdSchema } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction, Vault } from '@gatewright/payment-ledger';
import { type ShopDomain, shopDomainSchema } from '../sessions/session-headers.ts';

/** A shop that has, or had, the app. Live and test money are stores of their own (invariant 13, rule 17). */
export interface ShopRow {
  readonly domain: ShopDomain;
  readonly live: StoreId;
  readonly test: StoreId;
  /** ms. */
  readonly installedAt: number;
  /** Null while the app is installed. */
  readonly uninstalledAt: number | null;
  /** What Shopify was told last of whether payments can be taken. */
  readonly ready: boolean;
  readonly externalHandle: string | null;
  /** The API version that the extension sent its last session request with; null before the first. */
  readonly extensionVersion: string | null;
}

export interface ShopBook {
  byDomain(domain: ShopDomain): Promise<ShopRow | undefined>;
  byStore(store: StoreId): Promise<ShopRow | undefined>;
  /** Makes the shop and its two stores, or takes it in again after it was gone. */
  install(domain: ShopDomain): Promise<ShopRow>;
  uninstall(domain: ShopDomain): Promise<void>;
  setConfigured(domain: ShopDomain, ready: boolean, externalHandle: string | null): Promise<void>;
  setExtensionVersion(domain: ShopDomain, version: string): Promise<void>;
}

const numberOrNull = (value: SqlRow[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const shopOf = (row: SqlRow): ShopRow => ({
  domain: shopDomainSchema.parse(row.domain),
  live: storeIdSchema.parse(row.live_store),
  test: storeIdSchema.parse(row.test_store),
  installedAt: Number(row.installed_at),
  uninstalledAt: numberOrNull(row.uninstalled_at),
  ready: Number(row.ready) === 1,
  externalHandle: typeof row.external_handle === 'string' ? row.external_handle : null,
  extensionVersion: typeof row.extension_version === 'string' ? row.extension_version : null,
});

const find = async (tx: SqlTransaction, domain: ShopDomain): Promise<ShopRow | undefined> => {
  const [row] = await tx.sql`select * from shopify_shops where domain = ${domain}`;
  return row && shopOf(row);
};

/** Two processes may install one shop at once: the address is unique, and the one that comes later finds it. */
const storeOf = async (vault: Vault, domain: ShopDomain, mode: 'live' | 'test'): Promise<StoreId> => {
  const url = mode === 'live' ? `https://${domain}` : `https://${domain}/test`;
  const known = await vault.storeByUrl(url);
  if (known) return known.id;
  const name = mode === 'live' ? domain : `${domain} (test)`;
  const added = await vault.addStore({ name, mode, platform: 'shopify', url });
  if (added.ok) return added.store.id;
  const other = await vault.storeByUrl(url);
  if (!other) throw new Error(`a shop's address was refused: ${added.reason}`);
  return other.id;
};

export const createShopBook = (ledger: SqlLedger, vault: Vault, now: () => number): ShopBook => ({
  byDomain: (domain) => ledger.transact((tx) => find(tx, domain)),
  byStore: (store) =>
    ledger.transact(async (tx) => {
      const [row] = await tx.sql`select * from shopify_shops
        where live_store = ${store} or test_store = ${store}`;
      return row && shopOf(row);
    }),
  install: async (domain) => {
    const live = await storeOf(vault, domain, 'live');
    const test = await storeOf(vault, domain, 'test');
    return ledger.transact(async (tx) => {
      await tx.sql`insert into shopify_shops (domain, live_store, test_store, installed_at, ready)
        values (${domain}, ${live}, ${test}, ${now()}, 0)
        on conflict (domain) do update set installed_at = ${now()}, uninstalled_at = null, ready = 0`;
      const shop = await find(tx, domain);
      if (!shop) throw new Error('a shop that was just written is not there');
      return shop;
    });
  },
  uninstall: (domain) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_shops set uninstalled_at = ${now()}, ready = 0
        where domain = ${domain} and uninstalled_at is null`;
    }),
  setConfigured: (domain, ready, externalHandle) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_shops set ready = ${ready ? 1 : 0}, external_handle = ${externalHandle}
        where domain = ${domain}`;
    }),
  setExtensionVersion: (domain, version) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_shops set extension_version = ${version} where domain = ${domain}`;
    }),
});
