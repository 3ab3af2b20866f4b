import { AsyncLocalStorage } from 'node:async_hooks';

/** A person has sent money back by hand and records it. */
export interface ManualRefund {
  readonly by: string;
  readonly reason: string;
}

const key: unique symbol = Symbol.for('gatewright.manual-refund');

// Nobody else writes under our own symbol. On the global object, because the provider and the routes may be loaded
// from two paths, and both have to mean the same.
const place = globalThis as { [key]?: AsyncLocalStorage<ManualRefund> };
place[key] ??= new AsyncLocalStorage<ManualRefund>();

/**
 * Holds while the admin's "record refund" runs core's refund workflow: only there may our provider say "refunded"
 * without asking the gateway. A refund that core starts by itself (contract 4.4) never runs inside it.
 */
export const manualRefund: AsyncLocalStorage<ManualRefund> = place[key];
