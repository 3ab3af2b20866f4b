/** An address of a shop as the world knows it, without the loopback port. */
export const shopUrl = (domain: string, path: string): string => `https://${domain}${path}`;

/** `gid://shopify/PaymentSession/<id>` as its two parts; undefined when it is no global id. */
export const parseGid = (gid: string): { readonly type: string; readonly id: string } | undefined => {
  const [, type, id] = /^gid:\/\/shopify\/([A-Za-z]+)\/([^/?#]+)$/.exec(gid) ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
};
