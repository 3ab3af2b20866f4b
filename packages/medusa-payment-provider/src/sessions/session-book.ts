import type { AccountId, MedusaOrderTiming, Money, OrderKey, PageId } from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction } from '@gatewright/payment-ledger';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { leaveSoon } from './leave-invoices.ts';
import { sessionsIn } from './session-table.ts';

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
  /**
   * Medusa deleted it. Its invoice is left a minute later, unless a living session wants it by then: Medusa makes the
   * next session and deletes the last one at the same time.
   * @returns false: there is no living session of that id
   */
  markGone(id: string, at: number): Promise<boolean>;
}

/**
 * Nobody can pay on the pages of an order that Medusa asks no money for any more; the next session opens it again. Where
 * the order was made first it stays open until its deadline, which cancels it.
 */
const endUnwanted = async (tx: SqlTransaction, orderKey: OrderKey): Promise<void> => {
  const sessions = await sessionsIn(tx).ofOrder(orderKey);
  if (sessions.some(({ state }) => state === 'living')) return;
  const claim = await tx.claims.byOrder(medusaStoreId, orderKey);
  if (claim !== undefined && claim.state !== 'released') return;
  const order = await tx.orders.byKey(medusaStoreId, orderKey);
  if (order?.state === 'open') await tx.orders.put({ ...order, state: 'ended' });
};

/** Each call is a transaction of its own; inside another one use `sessionsIn(tx)`. */
export const createSessionBook = (ledger: SqlLedger): SessionBook => ({
  byId: (id) => ledger.transact((tx) => sessionsIn(tx).byId(id)),
  byPage: (page) => ledger.transact((tx) => sessionsIn(tx).byPage(page)),
  ofOrder: (orderKey) => ledger.transact((tx) => sessionsIn(tx).ofOrder(orderKey)),
  put: (row) => ledger.transact((tx) => sessionsIn(tx).put(row)),
  markGone: (id, at) =>
    ledger.transact(async (tx) => {
      const sessions = sessionsIn(tx);
      const row = await sessions.byId(id);
      if (row === undefined || !(await sessions.markGone(id, at))) return false;
      await leaveSoon(tx, row.orderKey, at);
      if (row.timing === 'after_payment') await endUnwanted(tx, row.orderKey);
      return true;
    }),
});
