import { AsyncLocalStorage } from 'node:async_hooks';

/** A person has sent money back by hand and records it. */
export interface ManualRefund {
  readonly by: string;
  readonly reason: string;
}

/**
 * Holds while the admin's "record refund" runs core's refund workflow: only there may our provider say "refunded"
 * without asking the gateway. A refund that core starts by itself (contract 4.4) never runs inside it.
 */
export const manualRefund = new AsyncLocalStorage<ManualRefund>();
