import type { ShopDomain } from '../sessions/session-headers.ts';
import type { TokenSource } from '../tokens/token-source.ts';
import type { MutationAnswer } from './answer.ts';
import type { PaymentsApi } from './client.ts';
import type { Mutation } from './mutation.ts';

/** A mutation's answer once a token has been found; `not-installed`: the shop has no token, and no mutation was sent. */
export type TellAnswer =
  | Exclude<MutationAnswer, { readonly outcome: 'unauthorized' }>
  | { readonly outcome: 'not-installed' };

/** Why Shopify does not know what it was told. */
export type Untold = Exclude<TellAnswer, { outcome: 'done' }>;

/** The same in one word, for a log or a page. */
export const wordOf = (told: Untold): string => {
  switch (told.outcome) {
    case 'refused':
    case 'unclear':
      return told.code;
    case 'unavailable':
      return told.reason;
    case 'not-installed':
      return told.outcome;
    default: {
      const never: never = told;
      return never;
    }
  }
};

export type TellShopify = (shop: ShopDomain, mutation: Mutation) => Promise<TellAnswer>;

const noToken = (reason: 'not-installed' | 'unavailable'): TellAnswer =>
  reason === 'not-installed'
    ? { outcome: 'not-installed' }
    : { outcome: 'unavailable', reason: 'token-unavailable' };

/** Sends a mutation with the shop's token; a token that Shopify refuses is replaced once and the mutation sent again. */
export const createTellShopify =
  (api: PaymentsApi, tokens: TokenSource): TellShopify =>
  async (shop, mutation) => {
    for (let tries = 0; tries < 2; tries += 1) {
      const found = await tokens.of(shop);
      if (!found.ok) return noToken(found.reason);
      const answered = await api.send(shop, found.token, mutation);
      if (answered.outcome !== 'unauthorized') return answered;
      await tokens.refused(shop, found.token);
    }
    return { outcome: 'unavailable', reason: 'unauthorized' };
  };
