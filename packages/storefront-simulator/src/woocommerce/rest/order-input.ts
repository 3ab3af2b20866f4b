import { type Decimal, parseDecimal } from '@gatewright/payment-core';
import * as z from 'zod';
import { BILLING_FIELDS, SHIPPING_FIELDS } from '../orders/order.ts';
import { ORDER_STATUSES } from '../orders/order-status.ts';
import type { Json } from '../store/php-json.ts';
import { CURRENCIES } from './currency-list.ts';
import { wpBoolean, wpInteger } from './params.ts';

// What JSON.parse made of a request body is JSON.
const json = z.custom<Json>(() => true);

const metaInput = z.object({
  id: wpInteger(0).optional(),
  key: z.string().optional(),
  value: json.optional(),
});

const amountText = z.string().transform((text, context): Decimal => {
  const value = parseDecimal(text);
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'is not a plain decimal.' });
  return z.NEVER;
});

const lineItemInput = z.object({
  id: wpInteger(0).optional(),
  product_id: wpInteger(0).nullable().optional(),
  sku: z.string().optional(),
  name: z.string().optional(),
  quantity: wpInteger(0).optional(),
  subtotal: amountText.optional(),
  total: amountText.optional(),
});

const addressInput = (fields: readonly string[]) =>
  z.object(Object.fromEntries(fields.map((field) => [field, z.string().optional()])));

/** The writable fields of a v3 order that the double knows. */
export const orderParams = {
  status: z.enum(ORDER_STATUSES),
  currency: z.enum(CURRENCIES),
  customer_id: wpInteger(0),
  customer_note: z.string(),
  billing: addressInput(BILLING_FIELDS),
  shipping: addressInput(SHIPPING_FIELDS),
  payment_method: z.string(),
  payment_method_title: z.string(),
  transaction_id: z.string(),
  created_via: z.string(),
  set_paid: wpBoolean,
  meta_data: z.array(metaInput),
  line_items: z.array(lineItemInput),
  shipping_lines: z.array(json),
  fee_lines: z.array(json),
  coupon_lines: z.array(json),
};
