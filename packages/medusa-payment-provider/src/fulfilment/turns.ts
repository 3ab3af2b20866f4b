import { seconds } from '@gatewright/payment-core';
import { createInTurn, type TurnParts, type TurnStart } from '@gatewright/payment-ledger';

/** One at a time, over all processes of a shop. */
export interface Turns {
  /** Runs `job` while nobody else completes or books this order key. @throws Error when its turn does not come */
  inTurn<T>(orderKey: string, job: (start: TurnStart) => Promise<T>): Promise<T>;
}

/** Waits 30 s for its turn, as long as core's own workflows wait for a cart. */
const times = { leaseMs: seconds(15), renewMs: seconds(5), looks: 300, lookMs: 100 };

/**
 * Core's own lock of a cart does not always hold: in memory it is none between processes, and locking-postgres 2.21 lets
 * two inserts at once both succeed, because it compares an owner that neither has. So the cart has a lease in the ledger,
 * and what runs under it proves its result by a read.
 */
export const createTurns = (parts: TurnParts): Turns => {
  const inTurn = createInTurn(parts, times);
  return {
    async inTurn(orderKey, job) {
      const turn = await inTurn(`medusa-order:${orderKey}`, job);
      if (!turn.ok) throw new Error('the cart is being completed by somebody else');
      return turn.value;
    },
  };
};
