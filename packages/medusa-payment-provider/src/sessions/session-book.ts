import type { AccountId, MedusaOrderTiming, Money, OrderKey, PageId } from '@gatewright/payment-core';

/** What we know of one of Medusa's payment sessions; Medusa deletes its own row, this one stays. */
export interface SessionRow {
  /** Medusa's `payses_…`. */
  readonly id: string;
  /** The provider entry, `pp_gatewright_<id>`, which is our account too. */
  readonly account: AccountId;
  /** Null: the collection belongs to no cart (draft orders, order edits). */
  readonly cart: string | null;
  readonly collection: string;
  /** The cart's id, or the collection's where there is no cart. */
  readonly orderKey: OrderKey;
  readonly page: PageId;
  readonly amount: Money;
  readonly timing: MedusaOrderTiming;
  /** `gone`: Medusa deleted the session; what is paid on it now goes to the review queue. */
  readonly state: 'living' | 'gone';
  /** Times in ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SessionBook {
  byId(id: string): Promise<SessionRow | undefined>;
  byPage(page: PageId): Promise<SessionRow | undefined>;
  /** Of an order key, oldest first, the gone ones too. */
  ofOrder(orderKey: OrderKey): Promise<readonly SessionRow[]>;
  /** Writes a session, or writes over the one with its id. */
  put(row: SessionRow): Promise<void>;
  /** False: there is no living session of that id. */
  markGone(id: string, at: number): Promise<boolean>;
}
