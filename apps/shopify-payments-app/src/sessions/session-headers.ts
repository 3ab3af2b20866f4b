import * as z from 'zod';

/** A shop's permanent name; what is sent under another form was not sent by Shopify. */
export const shopDomainSchema = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/)
  .brand<'ShopDomain'>();
export type ShopDomain = z.infer<typeof shopDomainSchema>;

const headersSchema = z.object({
  shop: shopDomainSchema,
  /** For Shopify's support, when something has to be traced. */
  requestId: z.string().min(1).max(200),
  apiVersion: z.string().regex(/^(?:\d{4}-\d{2}|unstable)$/),
});

export type SessionHeaders = z.infer<typeof headersSchema>;

/** The three headers of every session request (contract 2.2). Undefined where one is missing or malformed. */
export const readSessionHeaders = (headers: Headers): SessionHeaders | undefined =>
  headersSchema.safeParse({
    shop: headers.get('shopify-shop-domain')?.toLowerCase(),
    requestId: headers.get('shopify-request-id'),
    apiVersion: headers.get('shopify-api-version'),
  }).data;
