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
}

const ids = {
  id: z.string().min(1).max(200),
  gid: z.string().min(1).max(200),
  payment_id: z.string().min(1).max(200),
};

const withAmount = z
  .looseObject({ ...ids, amount: decimalSchema, currency: currencyCodeSchema })
  .transform(({ id, gid, payment_id: payment, amount, currency }, context): FollowUp => {
    const asked = money(amount, currency);
    if (asked.ok) return { id, gid, payment, amount: asked.money };
    context.addIssue({ code: 'custom', path: ['amount'], message: asked.reason });
    return z.NEVER;
  });

const withoutAmount = z
  .looseObject(ids)
  .transform(({ id, gid, payment_id: payment }): FollowUp => ({ id, gid, payment, amount: null }));

export const followUpSchemas: Readonly<Record<FollowUpKind, z.ZodType<FollowUp>>> = {
  refund: withAmount,
  capture: withAmount,
  void: withoutAmount,
};
