import type { Invoice } from '../invoice/invoice.ts';
import type { InstructionRow } from '../ledger/rows.ts';

/** Why a storefront would not do it: decided under its own lock, so it is final for this instruction. */
export type StorefrontRefusal =
  | 'paid_otherwise'
  | 'total_changed'
  | 'currency_changed'
  | 'refunded'
  | 'not_ours'
  | 'moved'
  | 'order_missing';

export type StorefrontAnswer =
  | { readonly outcome: 'done' | 'already' }
  | { readonly outcome: 'refused'; readonly reason: StorefrontRefusal }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * The port to a platform. `tell` may be called any number of times with the same instruction: the storefront knows it
 * by the claim (settle) or the id, and answers `already`. It never throws for what a shop can do.
 */
export interface Storefront {
  tell(instruction: InstructionRow, invoice: Invoice | undefined): Promise<StorefrontAnswer>;
}
