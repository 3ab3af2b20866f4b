import type { Fact } from '../gateways/fact.ts';
import type { AccountId, InvoiceId, OrderKey, PageId, StoreId } from '../identity/identity.ts';
import type { InvoiceException } from '../invoice/exception.ts';
import type { Mode } from '../invoice/invoice.ts';
import type { Money } from '../money/money.ts';

/** What a storefront order needs besides its attempts. `deadline` (ms) is the order's own, not an attempt's (invariant 9). */
export interface OrderRow {
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  readonly mode: Mode;
  readonly total: Money;
  readonly deadline: number;
  /** `ended`: we told, or were told, that it can no longer be paid. */
  readonly state: 'open' | 'ended';
}

/**
 * What a checkout asked for, kept so that the shopper's page can be shown, chosen on and paid again. An order may have
 * several (Shopify: one per payment session of a group). URLs have been checked by the wrapper against the store's host.
 */
export interface PageRow {
  readonly id: PageId;
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  /** What people call the order. */
  readonly orderNumber: string;
  readonly amount: Money;
  readonly description: string;
  /** Where a shopper who has paid belongs. */
  readonly returnUrl: string;
  /** Where one who gives up belongs. */
  readonly cancelUrl: string;
  /** Only where the store's owner opted in. */
  readonly customerEmail: string | null;
  /** The platform's own wish, BCP 47. */
  readonly locale: string | null;
  /** The account the shop chose; null: the shopper chooses. */
  readonly account: AccountId | null;
  readonly method: string | null;
  /** When the storefront itself gives the order up, ms. */
  readonly orderDeadline: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * A webhook as it was received (credentials redacted). `pending` and `unmatched` stay applicable; `applied` and
 * `ignored` are done; `failed` is a bug or an exhausted job in front of a person.
 */
export interface InboxRow {
  readonly id: string;
  readonly account: AccountId;
  readonly gateway: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAt: number;
  /** The adapter's dedupe key of the whole event; not unique: the reducer is right without it. */
  readonly dedupeKey: string;
  /** For matching again once an invoice learns its gateway id (NFT-3). */
  readonly gatewayPaymentId: string | null;
  readonly reference: string | null;
  /** What the adapter read out of the body when its signature was checked; `factSchema` reads it back. */
  readonly facts: readonly Fact[];
  readonly state: 'pending' | 'applied' | 'ignored' | 'unmatched' | 'failed';
  readonly note: string | null;
}

/** The unique row (store, order key): written by the first settlement of an order (invariant 3). */
export interface ClaimRow {
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  /** 128 random bits; storefront calls carry it. */
  readonly claim: string;
  readonly invoice: InvoiceId;
  readonly at: number;
  /** `released`: the storefront said under its lock that it fulfilled nothing, so another payment may claim. */
  readonly state: 'held' | 'acknowledged' | 'released';
}

export type InstructionKind = 'settle' | 'hold' | 'cancel' | 'fail' | 'note';

/** What the storefront must be told, at least once; the claim and the id make it idempotent there. */
export interface InstructionRow {
  readonly id: string;
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  readonly invoice: InvoiceId | null;
  readonly kind: InstructionKind;
  readonly claim: string | null;
  readonly transaction: string | null;
  readonly expected: Money | null;
  /** For the owner, in the order's notes. */
  readonly note: string;
  readonly state: 'pending' | 'done' | 'refused';
  /** What the storefront answered last. */
  readonly answer: string | null;
  readonly createdAt: number;
  readonly doneAt: number | null;
}

export type ReviewKind =
  | InvoiceException
  | 'unknown_status'
  | 'contradiction'
  | 'no_news'
  | 'absent_at_gateway'
  | 'storefront_refused'
  | 'storefront_unreachable'
  | 'order_changed'
  | 'event_failed'
  | 'job_failed'
  | 'create_ambiguous'
  | 'payments_withdrawn'
  | 'pending_ends'
  | 'refund_unknown'
  | 'refund_due';

/** Something a person has to look at. Open items are unique by (store, key), so a repeated fact does not repeat it. */
export interface ReviewRow {
  readonly id: string;
  readonly store: StoreId;
  readonly account: AccountId | null;
  readonly invoice: InvoiceId | null;
  readonly orderKey: OrderKey | null;
  readonly kind: ReviewKind;
  readonly key: string;
  /** Owner's words: what happened and what can be done. No secrets, no personal data. */
  readonly detail: string;
  readonly openedAt: number;
  readonly resolution: {
    readonly by: string;
    readonly reason: string;
    readonly decision: string;
    readonly at: number;
  } | null;
}

/** One line of an invoice's timeline: what was learnt or decided, and why. */
export interface HistoryRow {
  readonly invoice: InvoiceId;
  readonly at: number;
  readonly event: string;
  readonly detail: string;
}

/** A refund asked for by the shop. One unresolved refund per invoice (invariant 11). */
export interface RefundRow {
  readonly store: StoreId;
  readonly invoice: InvoiceId;
  /** The shop's own id of the refund: the same id never refunds twice. */
  readonly refundId: string;
  readonly orderAmount: Money;
  readonly gatewayAmount: Money;
  readonly reason: string;
  readonly state: 'sending' | 'done' | 'accepted' | 'refused' | 'unknown' | 'manual';
  readonly gatewayRefundId: string | null;
  readonly answer: string | null;
  readonly createdAt: number;
}

/** An unresolved refund may have moved money: until it is known, no other one of the invoice starts (invariant 11). */
export const isUnresolved = (state: RefundRow['state']): boolean => {
  switch (state) {
    case 'sending':
    case 'unknown':
      return true;
    case 'done':
    case 'accepted':
    case 'refused':
    case 'manual':
      return false;
    default: {
      const never: never = state;
      return never;
    }
  }
};
