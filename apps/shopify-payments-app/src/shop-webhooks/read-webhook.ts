import { type HeaderLines, singleHeader } from '@gatewright/payment-core';
import * as z from 'zod';
import { shopDomainSchema } from '../sessions/session-headers.ts';

/** The topics that an app must take (contract 2.12). */
const topics = ['app/uninstalled', 'customers/data_request', 'customers/redact', 'shop/redact'] as const;

const webhookSchema = z.object({
  topic: z.enum(topics),
  shop: shopDomainSchema,
  /** When it happened; webhooks come late, twice and in any order. */
  at: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
});
export type ShopWebhook = z.output<typeof webhookSchema>;

const header = (headers: HeaderLines, name: string): string | undefined => {
  const found = singleHeader(headers, name);
  return found.ok ? found.value : undefined;
};

/** What a webhook says is in its headers; no body of these topics holds anything that we keep. */
export const readShopWebhook = (headers: HeaderLines, now: number): ShopWebhook | undefined =>
  webhookSchema.safeParse({
    topic: header(headers, 'x-shopify-topic'),
    shop: header(headers, 'x-shopify-shop-domain')?.toLowerCase(),
    at: header(headers, 'x-shopify-triggered-at') ?? new Date(now).toISOString(),
  }).data;
