import { currencyCodeSchema, decimalSchema, money, orderKeySchema } from '@gatewright/payment-core';
import * as z from 'zod';

/** Shopify's ids stand in its own requests only; ours are never made of them. */
const shopifyId = z.string().min(1).max(200);

const httpsUrl = z.url({ protocol: /^https$/ }).max(8_192);

/**
 * A payment session as Shopify starts it (contract 2.2). Unknown keys are accepted, because Shopify adds some; what we
 * do not need (customer, addresses) is not read, so it is kept nowhere.
 */
export const paymentSessionSchema = z
  .looseObject({
    id: shopifyId,
    gid: shopifyId,
    group: orderKeySchema,
    amount: decimalSchema,
    currency: currencyCodeSchema,
    test: z.boolean(),
    kind: z.enum(['sale', 'authorization']),
    merchant_locale: z.string().max(35).nullish(),
    proposed_at: z.iso.datetime({ offset: true }),
    customer: z
      .looseObject({ locale: z.string().max(35).nullish() })
      .nullish()
      .transform((customer) => customer?.locale ?? null),
    payment_method: z
      .looseObject({ data: z.looseObject({ cancel_url: httpsUrl.optional() }).nullish() })
      .nullish(),
    /** Only Shopify's templates read it here; it belongs into `payment_method.data` (contract 2.2). */
    cancel_url: httpsUrl.optional(),
  })
  .transform((session, context) => {
    const cancelUrl = session.payment_method?.data?.cancel_url ?? session.cancel_url;
    const asked = money(session.amount, session.currency);
    if (cancelUrl === undefined)
      context.addIssue({
        code: 'custom',
        path: ['payment_method', 'data', 'cancel_url'],
        message: 'missing',
      });
    if (!asked.ok) context.addIssue({ code: 'custom', path: ['amount'], message: asked.reason });
    if (cancelUrl === undefined || !asked.ok) return z.NEVER;
    const { id, gid, group, test, kind, customer: locale } = session;
    const merchantLocale = session.merchant_locale ?? null;
    return { id, gid, group, test, kind, locale, merchantLocale, cancelUrl, amount: asked.money };
  });

export type PaymentSession = z.output<typeof paymentSessionSchema>;
