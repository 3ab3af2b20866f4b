import type { Vault } from '@gatewright/payment-ledger';
import { Session } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import { type ShopDomain, shopDomainSchema } from '../sessions/session-headers.ts';
import type { ShopBook } from '../shops/shop-book.ts';
import { type ShopifyCredentials, shopifyCredentialsSchema } from '../tokens/credentials.ts';

const offlinePrefix = 'offline_';

const shopOf = (id: string): ShopDomain | undefined =>
  id.startsWith(offlinePrefix) ? shopDomainSchema.safeParse(id.slice(offlinePrefix.length)).data : undefined;

/** A token that never ends is of the kind that public apps may no longer use (contract 2.13). */
const credentialsOf = (session: Session): ShopifyCredentials | undefined =>
  shopifyCredentialsSchema.safeParse({
    accessToken: session.accessToken,
    accessExpiresAt: session.expires?.getTime(),
    refreshToken: session.refreshToken,
    refreshExpiresAt: session.refreshTokenExpires?.getTime(),
    scope: session.scope ?? '',
  }).data;

const sessionOf = (id: string, shop: ShopDomain, credentials: ShopifyCredentials): Session =>
  new Session({
    id,
    shop,
    state: '',
    isOnline: false,
    accessToken: credentials.accessToken,
    expires: new Date(credentials.accessExpiresAt),
    refreshToken: credentials.refreshToken,
    refreshTokenExpires: new Date(credentials.refreshExpiresAt),
    scope: credentials.scope,
  });

/** The library's sessions are our shops and their token pairs, sealed in the ledger; there is no second place. */
export const createTokenStorage = (
  shops: ShopBook,
  vault: Pick<Vault, 'storefrontCredentials' | 'setStorefrontCredentials'>,
): SessionStorage => {
  const load = async (id: string): Promise<Session | undefined> => {
    const domain = shopOf(id);
    const shop = domain && (await shops.byDomain(domain));
    if (!shop || shop.uninstalledAt !== null) return undefined;
    const credentials = shopifyCredentialsSchema.safeParse(await vault.storefrontCredentials(shop.live)).data;
    return credentials && sessionOf(id, shop.domain, credentials);
  };
  const remove = async (id: string): Promise<boolean> => {
    const domain = shopOf(id);
    const shop = domain && (await shops.byDomain(domain));
    if (shop) await vault.setStorefrontCredentials(shop.live, null, { replace: true });
    return true;
  };
  return {
    storeSession: async (session) => {
      const domain = shopDomainSchema.safeParse(session.shop);
      const credentials = credentialsOf(session);
      if (!domain.success || !credentials) return false;
      const shop = await shops.install(domain.data);
      await vault.setStorefrontCredentials(shop.live, credentials, { replace: true });
      return true;
    },
    loadSession: load,
    deleteSession: remove,
    deleteSessions: async (ids) => {
      for (const id of ids) await remove(id);
      return true;
    },
    findSessionsByShop: async (shop) => {
      const found = await load(`${offlinePrefix}${shop}`);
      return found ? [found] : [];
    },
  };
};
