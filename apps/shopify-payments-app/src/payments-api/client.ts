import { type HttpClient, seconds } from '@gatewright/payment-core';
import { type MutationAnswer, readMutationAnswer } from './answer.ts';
import { documents, variablesOf } from './documents.ts';
import type { Mutation } from './mutation.ts';

/** The version our extension is configured to receive: Shopify wants the same on both legs (contract 2.1). */
export const apiVersion = '2026-10';

export interface PaymentsApi {
  /**
   * Sends one mutation, once. Each of them may be sent any number of times: Shopify performs it once per session and
   * operation (contract 2.7).
   * @param shop its `*.myshopify.com` name
   */
  send(shop: string, token: string, mutation: Mutation): Promise<MutationAnswer>;
}

/** Shopify's Payments Apps API over the one way out; @shopify/shopify-api has no client for it. */
export const createPaymentsApi = (http: HttpClient): PaymentsApi => ({
  send: async (shop, token, mutation) =>
    readMutationAnswer(
      await http({
        method: 'POST',
        url: `https://${shop}/payments_apps/api/${apiVersion}/graphql.json`,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-shopify-access-token': token,
        },
        body: JSON.stringify({
          query: documents[mutation.operation],
          variables: variablesOf(mutation),
        }),
        timeoutMs: seconds(10),
        // The caller has a schedule of its own for what failed.
        retry: 'never',
      }),
    ),
});
