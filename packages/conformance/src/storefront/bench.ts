import type { OrderKey, Storefront, StoreId } from '@gatewright/payment-core';
import type { ShopTrouble } from '../journey/shop.ts';
import type { Lacks } from './platform.ts';

/** An order as a person sees it in the shop. */
export interface ShopView {
  readonly state: 'pending' | 'held' | 'paid' | 'canceled' | 'failed' | 'refunded';
  /** How often the goods have left: what the shop does once per payment (stock, e-mails, downloads). */
  readonly fulfilments: number;
  /** Every note of the order, as a person reads it: without the markup that the platform gives it. */
  readonly notes: readonly string[];
}

/** What people do in the shop, past us. */
export interface ShopPeople {
  editTotal(orderKey: OrderKey, total: string): Promise<void>;
  editCurrency(orderKey: OrderKey, currency: string): Promise<void>;
  /** Ends an order, paid or not. */
  cancel(orderKey: OrderKey): Promise<void>;
  /** Puts it back to waiting for payment. */
  reopen(orderKey: OrderKey): Promise<void>;
  /** Pays it by another method, or marks it as paid so. */
  payOtherwise(orderKey: OrderKey): Promise<void>;
  /** Gives back money of a paid order; all of it makes it refunded. */
  refund(orderKey: OrderKey, amount: string): Promise<void>;
}

/** A shop on a platform, to try a storefront on: the real one, or a double that keeps its quirks. */
export interface StorefrontBench {
  readonly storefront: Storefront;
  readonly store: StoreId;
  /** Something that waits to be paid through us: an order, or what the platform has before there is one. */
  placeOrder(order: { readonly total: string; readonly currency: string }): Promise<OrderKey>;
  /** A key that fits the platform and names no order. */
  readonly missingOrder: OrderKey;
  look(orderKey: OrderKey): Promise<ShopView>;
  /** Everything that can be done on the platform, and nothing that it `lacks`. */
  readonly person: Partial<ShopPeople>;
  /** What happens to the storefront's next call on the way to the shop or back; as with `person`. */
  readonly trouble: Partial<Record<ShopTrouble, () => void | Promise<void>>>;
  close(): Promise<void>;
}

/** A storefront as its battery needs it. */
export interface StorefrontSubject {
  readonly name: string;
  /** A bench of its own for every story. */
  readonly open: () => Promise<StorefrontBench>;
  /** Currency of the shop's orders; default USD. */
  readonly currency?: string;
  /** True, or why the platform needs no `readOrder`. */
  readonly readsOrders: true | string;
  /** What the platform does not have; default: it has everything. */
  readonly lacks?: Lacks;
}
