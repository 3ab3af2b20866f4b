import { type Clock, type HttpClient, minutes, newRowId, type RandomBytes } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';
import type { ShopBook, ShopRow } from '../shops/shop-book.ts';
import { type ShopifyCredentials, shopifyCredentialsSchema } from './credentials.ts';
import { type AppKeys, refreshTokens } from './refresh.ts';
import type { RefreshLease } from './refresh-lease.ts';
import type { TokenAnswer, TokenSource } from './token-source.ts';

export interface ShopTokensParts {
  readonly shops: ShopBook;
  readonly vault: Pick<Vault, 'storefrontCredentials' | 'setStorefrontCredentials'>;
  readonly lease: RefreshLease;
  readonly http: HttpClient;
  readonly app: AppKeys;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A token that ends sooner is refreshed first: a call may take its time. */
const earlyMs = minutes(5);

/** How often, and how long, one waits for the process whose turn it is. */
const looks = 60;
const lookMs = 100;

const notInstalled: TokenAnswer = { ok: false, reason: 'not-installed' };
const unavailable: TokenAnswer = { ok: false, reason: 'unavailable' };

/**
 * Tokens of all shops. Three who ask at once cause one refresh, in one process by the promise they share and over
 * processes by a lease (contract 3.4, trap 2); the pair is written as one.
 */
export const createShopTokens = (parts: ShopTokensParts): TokenSource => {
  const { shops, vault, lease, http, app, clock, random, sleep } = parts;
  const underWay = new Map<ShopDomain, Promise<TokenAnswer>>();
  /** What Shopify has refused, until another token takes its place. */
  const refused = new Map<ShopDomain, string>();

  const read = async ({ live }: ShopRow): Promise<ShopifyCredentials | undefined> =>
    shopifyCredentialsSchema.safeParse(await vault.storefrontCredentials(live)).data;

  const isGood = (shop: ShopDomain, { accessToken, accessExpiresAt }: ShopifyCredentials): boolean =>
    clock.now() + earlyMs < accessExpiresAt && refused.get(shop) !== accessToken;

  const refresh = async (shop: ShopRow, { refreshToken }: ShopifyCredentials): Promise<TokenAnswer> => {
    const answer = await refreshTokens(http, app, shop.domain, refreshToken, clock.now());
    if (answer.outcome === 'refused') return notInstalled;
    if (answer.outcome === 'unavailable') return unavailable;
    await vault.setStorefrontCredentials(shop.live, answer.credentials, { replace: true });
    refused.delete(shop.domain);
    return { ok: true, token: answer.credentials.accessToken };
  };

  const inTurn = async (shop: ShopRow): Promise<TokenAnswer> => {
    const holder = newRowId(random);
    for (let look = 0; look < looks; look += 1) {
      const credentials = await read(shop);
      if (!credentials) return notInstalled;
      if (isGood(shop.domain, credentials)) return { ok: true, token: credentials.accessToken };
      if (await lease.take(shop.domain, holder, clock.now())) {
        try {
          // Another process may have been done with it just before the lease was free.
          const fresh = await read(shop);
          if (!fresh) return notInstalled;
          return isGood(shop.domain, fresh)
            ? { ok: true, token: fresh.accessToken }
            : await refresh(shop, fresh);
        } finally {
          await lease.give(shop.domain, holder);
        }
      }
      await sleep(lookMs);
    }
    return unavailable;
  };

  const find = async (domain: ShopDomain): Promise<TokenAnswer> => {
    const shop = await shops.byDomain(domain);
    return !shop || shop.uninstalledAt !== null ? notInstalled : inTurn(shop);
  };

  return {
    of: (domain) => {
      const waiting = underWay.get(domain);
      if (waiting !== undefined) return waiting;
      const found = find(domain).finally(() => underWay.delete(domain));
      underWay.set(domain, found);
      return found;
    },
    refused: async (domain, token) => {
      refused.set(domain, token);
    },
  };
};
