import type { Money } from '@gatewright/payment-core';

/** One of Medusa's payment sessions, as it is now. */
export interface ShopSession {
  readonly id: string;
  readonly provider: string;
  readonly status: string;
  /** Undefined: an amount or a currency we cannot read. */
  readonly amount: Money | undefined;
  /** As Medusa wrote it, with all its digits: what a capture is booked with. */
  readonly exactAmount: string;
}

export interface ShopRefund {
  readonly id: string;
  readonly amount: Money | undefined;
  readonly note: string;
}

/** A payment that Medusa booked after an authorization. */
export interface ShopPayment {
  readonly id: string;
  readonly provider: string;
  readonly session: string | null;
  /** Our invoice that was paid, where it is a payment of ours: the provider wrote it (`dataOf`). */
  readonly invoice: string | null;
  readonly amount: Money | undefined;
  readonly captured: boolean;
  readonly canceled: boolean;
  readonly refunds: readonly ShopRefund[];
}

export interface ShopCollection {
  readonly id: string;
  /** What the collection asks for now: the cart's total as Medusa last refreshed it. */
  readonly amount: Money | undefined;
  readonly currency: string;
  readonly sessions: readonly ShopSession[];
  readonly payments: readonly ShopPayment[];
}

export interface ShopCart {
  readonly id: string;
  readonly completed: boolean;
  readonly total: Money | undefined;
}

export interface ShopOrder {
  readonly id: string;
  readonly status: string;
  readonly total: Money | undefined;
}

/** Everything that Medusa has about one order key. */
export interface Purchase {
  /** Null: a draft order or an order edit, whose key is the collection. */
  readonly cart: ShopCart | null;
  readonly collection: ShopCollection;
  /** Null before the order is made. */
  readonly order: ShopOrder | null;
}

export const isCanceled = (order: ShopOrder): boolean => order.status === 'canceled';
