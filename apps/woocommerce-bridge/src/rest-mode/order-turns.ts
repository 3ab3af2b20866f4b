import { minutes, type OrderKey, type StoreId } from '@gatewright/payment-core';
import {
  createInTurn,
  createOneAtATime,
  type LeaseName,
  type TurnParts,
  type TurnTimes,
} from '@gatewright/payment-ledger';
import { shopOrderId } from '../woocommerce/order-identities.ts';

/**
 * A process that stands still or dies gives the order back after three minutes. Who meets another process does not wait:
 * its job comes again.
 */
const times: TurnTimes = { leaseMs: minutes(3), renewMs: minutes(1), looks: 1, lookMs: 0 };

/**
 * One writer per order of the shop at a time, over all replicas: plain `wc/v3` has no lock of its own, and parallel writes pay an
 * order several times (woocommerce.md 3.1).
 */
export interface OrderTurns {
  /** Undefined: another writer has the order now. */
  inTurn<T>(store: StoreId, orderKey: OrderKey, work: () => Promise<T>): Promise<T | undefined>;
}

export const createOrderTurns = (parts: TurnParts): OrderTurns => {
  const inTurn = createInTurn(parts, times);
  const oneAtATime = createOneAtATime<LeaseName>();
  return {
    async inTurn(store, orderKey, work) {
      const order: LeaseName = `woocommerce-order:${store} ${shopOrderId(orderKey)}`;
      const turn = await oneAtATime(order, () => inTurn(order, work));
      return turn.ok ? turn.value : undefined;
    },
  };
};
