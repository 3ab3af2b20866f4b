import * as z from 'zod';
import { days, minutes } from '../identity/clock.ts';

const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/);

/**
 * Which statuses the store's owner wants orders to get, where the platform has such (WooCommerce; gateways.md 11.6). None
 * of them counts as paid unless the order was paid.
 */
const orderStatusesSchema = z.object({
  /** `automatic`: the platform's own choice, WooCommerce's being `completed` where nothing has to be shipped or made. */
  paid: z.enum(['automatic', 'processing', 'completed']).default('automatic'),
  /** While money is confirmed or a person decides. `unchanged` leaves a note only. */
  held: z.enum(['on-hold', 'unchanged']).default('on-hold'),
  /** When the order's time to be paid is over. */
  unpaid: z.enum(['cancelled', 'failed', 'unchanged']).default('cancelled'),
});
export type OrderStatuses = z.infer<typeof orderStatusesSchema>;

/** A store's rules for money that does not match, as data (architecture.md, Defaults). Percentages are decimal strings. */
export const policySchema = z.object({
  underpaymentTolerancePercent: z
    .object({ fiat: percent.default('0'), asset: percent.default('0.5') })
    .default({ fiat: '0', asset: '0.5' }),
  /** Differences under this share of the amount make a note, never a hold (invariant 10). */
  dustPercent: percent.default('1'),
  latePayment: z.enum(['hold', 'accept']).default('hold'),
  /** Used where the gateway sets no expiry of its own. */
  invoiceExpiryMs: z.number().int().positive().default(minutes(30)),
  /** For fiat invoices whose rate the gateway fixes at payment (Crypto Pay). */
  rateAtPaymentExpiryMs: z.number().int().positive().default(minutes(15)),
  /** How long a readable invoice is watched after its expiry. */
  monitorMs: z.number().int().nonnegative().default(days(7)),
  /** How long the order itself may wait for money, from the first attempt on, where the storefront names no deadline. */
  orderDeadlineMs: z.number().int().positive().default(minutes(60)),
  /** How long after its last update a shopper's page is still shown. */
  pageRetentionMs: z.number().int().positive().default(days(180)),
  orderStatus: orderStatusesSchema.default(orderStatusesSchema.parse({})),
});
export type Policy = z.infer<typeof policySchema>;

export const defaultPolicy: Policy = policySchema.parse({});
