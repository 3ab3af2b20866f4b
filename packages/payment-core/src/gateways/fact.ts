import * as z from 'zod';
import { invoiceExceptionSchema } from '../invoice/exception.ts';
import { moneySchema } from '../money/schema.ts';

/** How far a fact may be trusted: an authenticated read, a signature that covers it, or neither (invariant 2). */
export const authoritySchema = z.enum(['api', 'signed', 'hint']);
export type Authority = z.infer<typeof authoritySchema>;

/** What a gateway's own status means to us; `unknown` is held for review and never settles. */
export const factStatusSchema = z.enum([
  'open',
  'processing',
  'paid',
  'expired',
  'canceled',
  'failed',
  'unknown',
]);
export type FactStatus = z.infer<typeof factStatusSchema>;

/** Received money is a number only where the gateway reports one; `attested` where it only says "paid". */
export const receivedSchema = z.union([moneySchema, z.literal('attested')]);
export type Received = z.infer<typeof receivedSchema>;

/** What a gateway said about one of its payments (architecture.md, Words). Instants are ms since the epoch. */
export const factSchema = z.object({
  authority: authoritySchema,
  /** The gateway's id of the invoice; null where it gave none (Gatenoc). */
  gatewayPaymentId: z.string().nullable(),
  /** Our reference, echoed; null where the gateway carries none. */
  reference: z.string().nullable(),
  /** The id of one single payment on the invoice, where the gateway tells payments apart (GN-7). */
  paymentRecord: z.string().nullable(),
  status: factStatusSchema,
  /** The gateway's own word, kept for people. */
  wireStatus: z.string(),
  /** What the gateway says the invoice asks for. */
  quoted: moneySchema.nullable(),
  received: receivedSchema.nullable(),
  /** False while the gateway may still take it back (NFT-9, CPC-11). */
  final: z.boolean(),
  forwarded: z.boolean().nullable(),
  confirmations: z.object({ received: z.number(), required: z.number() }).nullable(),
  transaction: z.string().nullable(),
  /** The gateway's own time of the payment. */
  paidAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  /** What the adapter already knows to be wrong with it (Teleport's manual_confirmation: underpaid, review). */
  exceptions: z.array(invoiceExceptionSchema).readonly(),
  /** When the read began, or when the webhook was received. */
  asOf: z.number(),
  /** When a webhook first told of the money that this read found, where no gateway says when it came (invariant 10). */
  heardAt: z.number().optional(),
});
export type Fact = Readonly<z.infer<typeof factSchema>>;

/** A fact with nothing said yet; adapters spread it and fill in what their wire has. */
export const blankFact = {
  gatewayPaymentId: null,
  reference: null,
  paymentRecord: null,
  quoted: null,
  received: null,
  final: false,
  forwarded: null,
  confirmations: null,
  transaction: null,
  paidAt: null,
  expiresAt: null,
  exceptions: [],
} as const satisfies Partial<Fact>;
