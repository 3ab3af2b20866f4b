import { wireInteger } from '@gatewright/payment-core';
import * as z from 'zod';

/** A shop's offline token pair, sealed in the ledger under the shop's live store (contract 2.13). Times in ms. */
export const shopifyCredentialsSchema = z.object({
  accessToken: z.string().min(1),
  accessExpiresAt: z.number(),
  refreshToken: z.string().min(1),
  refreshExpiresAt: z.number(),
  scope: z.string(),
});
export type ShopifyCredentials = z.infer<typeof shopifyCredentialsSchema>;

/** Shopify's token endpoint, for a code and for a refresh; lifetimes in seconds. A token without an end is of a kind that it refuses (403). */
export const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string(),
  expires_in: wireInteger,
  refresh_token: z.string().min(1),
  refresh_token_expires_in: wireInteger,
});

export const credentialsOf = (
  answer: z.infer<typeof tokenAnswerSchema>,
  now: number,
): ShopifyCredentials => ({
  accessToken: answer.access_token,
  accessExpiresAt: now + answer.expires_in * 1_000,
  refreshToken: answer.refresh_token,
  refreshExpiresAt: now + answer.refresh_token_expires_in * 1_000,
  scope: answer.scope,
});
