import { type Clock, type HttpClient, minutes, seconds } from '@gatewright/payment-core';
import type { InTurn, TurnTimes, Vault } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';
import type { ShopBook, ShopRow } from '../shops/shop-book.ts';
import { type ShopifyCredentials, shopifyCredentialsSchema } from './credentials.ts';
import { type AppKeys, refreshTokens } from './refresh.ts';
import type { TokenAnswer, TokenSource } from './token-source.ts';

export interface ShopTokensParts {
  readonly shops: ShopBook;
  readonly vault: Pick<Vault, 'storefrontCredentials' | 'setStorefrontCredentials'>;
  /** Made with `tokenTurns`. */
  readonly inTurn: InTurn;
  readonly http: HttpClient;
  readonly app: AppKeys;
  readonly clock: Clock;
}

/** A token that ends sooner is refreshed first: a call may take its time. */
const earlyMs = minutes(5);

/** For the turn to refresh a shop's tokens: its lease is longer than a refresh can take. */
export const tokenTurns: TurnTimes = { leaseMs: seconds(40), renewMs: seconds(10), looks: 60, lookMs: 100 };

const notInstalled: TokenAnswer = { ok: false, reason: 'not-installed' };
const unavailable: TokenAnswer = { ok: false, reason: 'unavailable' };

/**
 * Tokens of all shops. Three who ask at once cause one refresh, in one process by the promise they share and over
 * processes by a lease (contract 3.4, trap 2); the pair is written as one.
 */
export const createShopTokens = (parts: ShopTokensParts): TokenSource => {
  const { shops, vault, inTurn, http, app, clock } = parts;
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

  const goodOr = async <T>(
    shop: ShopRow,
    otherwise: (credentials: ShopifyCredentials) => Promise<T>,
  ): Promise<TokenAnswer | T> => {
    const credentials = await read(shop);
    if (!credentials) return notInstalled;
    return isGood(shop.domain, credentials)
      ? { ok: true, token: credentials.accessToken }
      : otherwise(credentials);
  };

  const find = async (domain: ShopDomain): Promise<TokenAnswer> => {
    const shop = await shops.byDomain(domain);
    if (!shop || shop.uninstalledAt !== null) return notInstalled;
    const turn = await inTurn<TokenAnswer>(
      `shopify-tokens:${domain}`,
      // Another process may have been done with it just before the turn came.
      () => goodOr(shop, (credentials) => refresh(shop, credentials)),
      () => goodOr(shop, async () => undefined),
    );
    return turn.ok ? turn.value : unavailable;
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
