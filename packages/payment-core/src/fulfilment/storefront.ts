import type { OrderKey, StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InstructionRow } from '../ledger/rows.ts';
import type { Money } from '../money/money.ts';

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

/** A refund as the storefront lists it, whoever made it. */
export interface StorefrontRefund {
  readonly id: string;
  readonly amount: Money;
  readonly reason: string;
}

/** An order as the storefront has it now: `open` can still be paid, `ended` and `missing` cannot. */
export interface StorefrontOrder {
  readonly state: 'open' | 'paid' | 'ended' | 'missing';
  readonly refunds: readonly StorefrontRefund[];
}

export type StorefrontOrderAnswer =
  | { readonly outcome: 'read'; readonly order: StorefrontOrder }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * The port to a platform. `tell` may be called any number of times with the same instruction: the storefront knows it
 * by the claim (settle) or the id, and answers `already`. It never throws for what a shop can do.
 */
export interface Storefront {
  tell(instruction: InstructionRow, invoice: Invoice | undefined): Promise<StorefrontAnswer>;
  /** Reads an order after the platform said that it changed; absent where a platform says it all by itself. */
  readOrder?(store: StoreId, orderKey: OrderKey): Promise<StorefrontOrderAnswer>;
}
