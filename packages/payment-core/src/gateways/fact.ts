import type { InvoiceException } from '../invoice/exception.ts';
import type { Money } from '../money/money.ts';

/** How far a fact may be trusted: an authenticated read, a signature that covers it, or neither (invariant 2). */
export type Authority = 'api' | 'signed' | 'hint';

/** What a gateway's own status means to us; `unknown` is held for review and never settles. */
export type FactStatus = 'open' | 'processing' | 'paid' | 'expired' | 'canceled' | 'failed' | 'unknown';

/** Received money is a number only where the gateway reports one; `attested` where it only says "paid". */
export type Received = Money | 'attested';

/** What a gateway said about one of its payments (architecture.md, Words). */
export interface Fact {
  readonly authority: Authority;
  /** The gateway's id of the invoice; null where it gave none (Gatenoc). */
  readonly gatewayPaymentId: string | null;
  /** Our reference, echoed; null where the gateway carries none. */
  readonly reference: string | null;
  /** The id of one single payment on the invoice, where the gateway tells payments apart (GN-7). */
  readonly paymentRecord: string | null;
  readonly status: FactStatus;
  /** The gateway's own word, kept for people. */
  readonly wireStatus: string;
  /** What the gateway says the invoice asks for. */
  readonly quoted: Money | null;
  readonly received: Received | null;
  /** False while the gateway may still take it back (NFT-9, CPC-11). */
  readonly final: boolean;
  readonly forwarded: boolean | null;
  readonly confirmations: { readonly received: number; readonly required: number } | null;
  readonly transaction: string | null;
  /** The gateway's own time of the payment, ms. */
  readonly paidAt: number | null;
  readonly expiresAt: number | null;
  /** What the adapter already knows to be wrong with it (Teleport's manual_confirmation: underpaid, review). */
  readonly exceptions: readonly InvoiceException[];
  /** When the read began, or when the webhook was received, ms. */
  readonly asOf: number;
}

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
