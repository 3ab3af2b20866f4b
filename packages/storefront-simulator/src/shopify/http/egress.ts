import type { Egress } from '@gatewright/payment-core';
import type { ShopifyDouble } from '../shopify-double.ts';

/** An app's way out to Shopify's names. @param double `fetch` of `startShopify`: where they lead */
export const shopifyEgress =
  (double: Pick<ShopifyDouble, 'fetch'>): Egress =>
  async ({ method, url, headers, body, timeoutMs = 10_000 }) => {
    try {
      const answer = await double.fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body }),
      });
      return {
        outcome: 'answered',
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: new Uint8Array(await answer.arrayBuffer()),
      };
    } catch {
      return { outcome: 'ambiguous', reason: 'reset' };
    }
  };
