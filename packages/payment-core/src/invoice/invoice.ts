import * as z from 'zod';
import { accountIdSchema, invoiceIdSchema, orderKeySchema, storeIdSchema } from '../identity/identity.ts';
import { moneySchema } from '../money/schema.ts';
import { frozenRateSchema } from '../rates/rate-source.ts';
import { invoiceExceptionSchema } from './exception.ts';
import { invoiceStatusSchema } from './status.ts';

const instant = z.number().int();

/** An order, an account and a store are either all live or all test (invariant 13). */
export const modeSchema = z.enum(['live', 'test']);
export type Mode = z.infer<typeof modeSchema>;

/**
 * Our record of one attempt to pay one order (architecture.md, Words). Instants are milliseconds since the epoch.
 * Everything a fact is compared with is frozen here when the attempt begins.
 */
export const invoiceSchema = z.object({
  id: invoiceIdSchema,
  store: storeIdSchema,
  orderKey: orderKeySchema,
  account: accountIdSchema,
  gateway: z.string(),
  mode: modeSchema,
  /** Network or asset the shopper chose, where the gateway needs one. */
  method: z.string().nullable(),
  /** Counts the attempts of one order. */
  n: z.number().int().positive(),
  /** Our own reference, unique per attempt, sent to the gateway where it takes one (TP-7, GN-2, CP-9). */
  reference: z.string(),
  status: invoiceStatusSchema,
  exceptions: z.array(invoiceExceptionSchema).readonly(),
  /** What the order asks for. */
  order: moneySchema,
  /** What the gateway was asked for; null where it decides the amount at payment (NFT-1). */
  quoted: moneySchema.nullable(),
  /** What the shopper has to send, where the gateway says so at create (CPC: coins on a network). */
  payable: moneySchema.nullable(),
  /** Order currency → quoted currency, frozen at create and never recomputed (CPC-8). */
  rate: frozenRateSchema.nullable(),
  /** Received asset → order currency, frozen at the first receipt (NFT-1). */
  valuation: frozenRateSchema.nullable(),
  received: moneySchema.nullable(),
  /** Ids of single payments on this invoice (GN-7) or transactions, in the order they were seen. */
  paymentRecords: z.array(z.string()).readonly(),
  transaction: z.string().nullable(),
  confirmations: z.object({ received: z.number(), required: z.number() }).nullable(),
  gatewayPaymentId: z.string().nullable(),
  payUrl: z.string().nullable(),
  address: z.string().nullable(),
  /** The create call's outcome is not known (Kill Bill's UNKNOWN): the gateway may hold a payable invoice. */
  ambiguous: z.boolean(),
  /** Another attempt took its place; it is watched, not offered. */
  superseded: z.boolean(),
  createdAt: instant,
  expiresAt: instant,
  monitorUntil: instant,
  /** When money was first seen: decides lateness where the gateway gives no time of its own (invariant 10). */
  firstReceiptAt: instant.nullable(),
  settledAt: instant.nullable(),
  /** Start of the last read that answered; an expiry needs one that began after it. */
  lastReadAt: instant.nullable(),
  /** When reconcile looks next; null: never again. */
  nextReadAt: instant.nullable(),
  version: z.number().int().nonnegative(),
});
export type Invoice = z.infer<typeof invoiceSchema>;
