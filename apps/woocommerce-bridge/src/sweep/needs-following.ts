import type { OrderKey, StoreId } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import type { SweepMode } from './schedule.ts';

export interface ChangedOrder {
  readonly status: string;
  readonly method: string;
  readonly hasRefunds: boolean;
}

const waits = new Set(['pending', 'on-hold', 'failed', 'checkout-draft', 'auto-draft']);
const paid = new Set(['processing', 'completed']);

/** In REST-only mode an order that waits for money by a method that stands for ours is where a payment begins. */
export const beginsPayment = (order: ChangedOrder, mode: SweepMode, methods: readonly string[]): boolean =>
  mode === 'rest-only' && waits.has(order.status) && methods.includes(order.method);

/** What its webhook would have led to, if it has not been done: a look costs the shop nothing where all is known. */
export const needsFollowing = async (
  tx: SqlTransaction,
  store: StoreId,
  orderKey: OrderKey,
  order: ChangedOrder,
  { mode, methods }: { readonly mode: SweepMode; readonly methods: readonly string[] },
): Promise<boolean> => {
  const known = await tx.orders.byKey(store, orderKey);
  const [page] = await tx.pages.ofOrder(store, orderKey);
  if (known === undefined && page === undefined) return beginsPayment(order, mode, methods);
  if (order.hasRefunds) return true;
  if (waits.has(order.status)) return page === undefined && beginsPayment(order, mode, methods);
  const claim = await tx.claims.byOrder(store, orderKey);
  // Paid through us; anything else that became of it since is a person's decision.
  if (claim !== undefined && claim.state !== 'released') return !paid.has(order.status);
  return known?.state !== 'ended';
};
