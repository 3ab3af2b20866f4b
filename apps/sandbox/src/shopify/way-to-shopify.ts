import type { Egress } from '@gatewright/payment-core';
import type { ShopifyDouble } from '@gatewright/storefront-simulator';

/** The app's way out: Shopify's names lead to the simulator, and the gateways are on this machine anyway. */
export const wayToShopify =
  ({ fetch }: Pick<ShopifyDouble, 'fetch'>): Egress =>
  async ({ method, url, headers, body, timeoutMs = 10_000 }) => {
    try {
      const answer = await fetch(url, {
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
