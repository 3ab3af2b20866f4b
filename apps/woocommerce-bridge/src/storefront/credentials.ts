import * as z from 'zod';

/**
 * What the vault keeps, sealed, of a shop: its REST keys, and the secret that our WooCommerce webhooks are signed with.
 */
export const wooCommerceCredentialsSchema = z.object({
  consumerKey: z
    .string()
    .trim()
    .regex(/^ck_\w{1,64}$/, 'not-a-consumer-key'),
  consumerSecret: z
    .string()
    .trim()
    .regex(/^cs_\w{1,64}$/, 'not-a-consumer-secret'),
  /** Absent until the webhooks were made; then the shop's news reaches us only through its plugin. */
  webhookSecret: z.string().min(16).optional(),
});
export type WooCommerceCredentials = z.output<typeof wooCommerceCredentialsSchema>;
