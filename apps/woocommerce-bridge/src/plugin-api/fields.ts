import {
  type CurrencyCode,
  type Decimal,
  type OrderKey,
  orderKeySchema,
  parseCurrency,
  parseDecimal,
  wireId,
} from '@gatewright/payment-core';
import * as z from 'zod';

const refined =
  <Out>(read: (text: string) => Out | undefined, message: string) =>
  (text: string, context: z.RefinementCtx): Out => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };

/** Money crosses the wire as a decimal string; a JSON number is refused (invariant 7). */
export const amountField = z.string().transform<Decimal>(refined(parseDecimal, 'not-a-decimal'));
export const currencyField = z.string().transform<CurrencyCode>(refined(parseCurrency, 'not-a-currency'));

/** A WooCommerce id: what may be fulfilled once is the order id (architecture.md, Words). */
export const orderIdField = wireId
  .pipe(z.string().regex(/^[1-9]\d{0,19}$/))
  .transform((id): OrderKey => orderKeySchema.parse(id));

/** Hexadecimal SHA-256 of WooCommerce's order key. */
export const orderKeyHashField = z.string().regex(/^[0-9a-f]{64}$/);

export const shortText = (length: number) => z.string().trim().min(1).max(length);

/** Whole Unix seconds: every instant on this wire. */
export const unixSeconds = (ms: number): number => Math.floor(ms / 1_000);
