import {
  type Finding,
  offerAccounts,
  type Ports,
  parseCurrency,
  parseDecimal,
  type StoreId,
} from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { ConnectionFault } from '../storefront/connection-findings.ts';
import { wooCommerceCredentialsSchema } from '../storefront/credentials.ts';
import type { OpenedShop, ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { ensureWebhooks, type WebhookAction } from '../watchdog/shop-webhooks.ts';
import { judgeSetUp } from './judge-set-up.ts';
import { readPluginReport } from './plugin-report.ts';
import { readShopFacts, type ShopFacts } from './shop-facts.ts';

export interface StoreCheckParts {
  readonly ports: Ports;
  readonly vault: Pick<Vault, 'storefrontCredentials' | 'setStorefrontCredentials' | 'pluginKeysOf'>;
  readonly shops: ShopClient;
  readonly publicUrl: () => string;
}

export type StoreCheck =
  | {
      readonly kind: 'checked';
      readonly findings: readonly Finding[];
      readonly actions: readonly WebhookAction[];
    }
  | { readonly kind: 'broken'; readonly fault: ConnectionFault };

/** An ordinary basket: what can take it can take most orders. */
const sampleAmount = '50';

const offersFor = async (ports: Ports, store: StoreId, { currency }: ShopFacts) => {
  const code = parseCurrency(currency);
  const amount = parseDecimal(sampleAmount);
  return code && amount ? offerAccounts(ports, store, { amount, currency: code }) : [];
};

/** Our webhooks' secret, made once and kept with the keys. WooCommerce decodes entities in it: plain letters (4.1). */
const secretOf = async (
  { vault, ports }: StoreCheckParts,
  { store, webhookSecret }: OpenedShop,
): Promise<string | undefined> => {
  if (webhookSecret !== undefined) return webhookSecret;
  const known = wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(store.id));
  if (!known.success) return undefined;
  const secret = Buffer.from(ports.random(32)).toString('base64url');
  const set = await vault.setStorefrontCredentials(
    store.id,
    { ...known.data, webhookSecret: secret },
    { replace: true },
  );
  return set.ok ? secret : undefined;
};

const checkOpened = async (
  parts: StoreCheckParts,
  shop: OpenedShop,
): Promise<ShopFailure | Extract<StoreCheck, { kind: 'checked' }>> => {
  const { ports, shops, publicUrl, vault } = parts;
  const { store, connection } = shop;
  const read = await readShopFacts(shops, connection, ports.clock.now);
  if (read.kind === 'fault') return read;
  const secret = await secretOf(parts, shop);
  if (secret === undefined) return { kind: 'fault', fault: 'credentials-missing' };
  const hooks = await ensureWebhooks(shops, connection, {
    store: store.id,
    deliveryUrl: `${publicUrl()}/woocommerce/${store.id}`,
    secret,
    renewSecret: shop.webhookSecret === undefined,
  });
  if (hooks.kind === 'fault') return hooks;
  const keys = await vault.pluginKeysOf(store.id);
  const { restOnly } = readStoreSettings(store.settings);
  const asksPlugin = restOnly === null && keys.length > 0 && read.facts.plugin !== null;
  const findings = judgeSetUp({
    facts: read.facts,
    report: asksPlugin ? await readPluginReport(shops, connection, keys, ports.clock.now()) : null,
    storeUrl: store.url,
    sandbox: ports.sandbox,
    paired: keys.length > 0,
    restOnly,
    webhooks: hooks.actions,
    offers: await offersFor(ports, store.id, read.facts),
    invoiceExpiryMs: store.policy.invoiceExpiryMs,
  });
  return { kind: 'checked', findings, actions: hooks.actions };
};

/** Looks at a shop's set-up, and mends our webhooks there. Nothing else in the shop is changed. */
export const checkStore = async (parts: StoreCheckParts, id: StoreId): Promise<StoreCheck> => {
  const shop = await parts.shops.inspect(id);
  const checked = shop.kind === 'fault' ? shop : await checkOpened(parts, shop);
  if (checked.kind === 'fault') {
    await parts.shops.unavailable(id, checked);
    return { kind: 'broken', fault: checked.fault };
  }
  await parts.shops.worked(id);
  return checked;
};
