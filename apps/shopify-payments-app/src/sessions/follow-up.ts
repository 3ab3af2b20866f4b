import { currencyCodeSchema, decimalSchema, type Money, money } from '@gatewright/payment-core';
import * as z from 'zod';

/** What the merchant does with a payment afterwards (contract 2.3). */
export const followUpKinds = ['refund', 'capture', 'void'] as const;
export type FollowUpKind = (typeof followUpKinds)[number];

export interface FollowUp {
  readonly id: string;
  readonly gid: string;
  /** Id of the payment session that it belongs to. */
  readonly payment: string;
  /** Null for a void. */
  readonly amount: Money | null;
  /** The language of the shop's staff in Shopify's admin, BCP 47. */
  readonly merchantLocale: string | null;
}

const ids = {
  id: z.string().min(1).max(200),
  gid: z.string().min(1).max(200),
  payment_id: z.string().min(1).max(200),
  merchant_locale: z
    .string()
    .max(35)
    .nullish()
    .transform((locale) => locale ?? null),
};

const withAmount = z
  .looseObject({ ...ids, amount: decimalSchema, currency: currencyCodeSchema })
  .transform(
    (
      { id, gid, payment_id: payment, merchant_locale: merchantLocale, amount, currency },
      context,
    ): FollowUp => {
      const asked = money(amount, currency);
      if (asked.ok) return { id, gid, payment, amount: asked.money, merchantLocale };
      context.addIssue({ code: 'custom', path: ['amount'], message: asked.reason });
      return z.NEVER;
    },
  );

const withoutAmount = z.looseObject(ids).transform(
  ({ id, gid, payment_id: payment, merchant_locale: merchantLocale }): FollowUp => ({
    ...{ id, gid, payment, merchantLocale },
    amount: null,
  }),
);

export const followUpSchemas: Readonly<Record<FollowUpKind, z.ZodType<FollowUp>>> = {
  refund: withAmount,
  capture: withAmount,
  void: withoutAmount,
};
