import { type HttpClient, readAnswer, seconds } from '@gatewright/payment-core';
import type { ShopDomain } from '../sessions/session-headers.ts';
import { credentialsOf, type ShopifyCredentials, tokenAnswerSchema } from './credentials.ts';

/** Client id and secret of the app. */
export interface AppKeys {
  readonly key: string;
  readonly secret: string;
}

export type RefreshAnswer =
  | { readonly outcome: 'refreshed'; readonly credentials: ShopifyCredentials }
  /** Shopify refuses the refresh token: the merchant has to come by once more. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'unavailable' };

/**
 * Exchanges the refresh token for a new pair. The old one may be sent again until the new one is used, so a lost answer
 * is asked for again (contract 2.13).
 */
export const refreshTokens = async (
  http: HttpClient,
  app: AppKeys,
  shop: ShopDomain,
  refreshToken: string,
  now: number,
): Promise<RefreshAnswer> => {
  const answered = await http({
    method: 'POST',
    url: `https://${shop}/admin/oauth/access_token`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_id: app.key,
      client_secret: app.secret,
      refresh_token: refreshToken,
      grant_type: 'refresh_token',
    }),
    timeoutMs: seconds(10),
    retry: 'safe',
  });
  const answer = readAnswer(answered, tokenAnswerSchema, (status) => `http-${status}`);
  if (answer.outcome === 'ok') return { outcome: 'refreshed', credentials: credentialsOf(answer.value, now) };
  return { outcome: answer.outcome === 'refused' ? 'refused' : 'unavailable' };
};
