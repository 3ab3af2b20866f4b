import { shopifyCredentialsSchema } from '../../src/tokens/credentials.ts';
import type { InstalledShop, World } from './world.ts';

/** Somebody else with the shop's token, or Shopify's own people. */
export const resolveAtShopify = async (
  world: World,
  { shop, row }: InstalledShop,
  gid: string,
): Promise<void> => {
  const credentials = await world.app().vault.storefrontCredentials(row.live);
  const { accessToken } = shopifyCredentialsSchema.parse(credentials);
  const url = `https://${shop.domain}/payments_apps/api/2026-10/graphql.json`;
  const query = `mutation { paymentSessionResolve(id: "${gid}", authorizationExpiresAt: "2026-06-08T12:00:00Z") { userErrors { message } } }`;
  const answer = await world.shopify.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': accessToken },
    body: JSON.stringify({ query }),
  });
  const text = await answer.text();
  if (!text.includes('"userErrors":[]')) throw new Error(text);
};
