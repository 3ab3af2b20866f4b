import type { AccountId, OrderKey } from '../../../src/identity/identity.ts';
import type { MemoryState } from '../../../src/ledger/memory-state.ts';
import type { Process } from '../process/process.ts';
import type { GatewayState } from './gateway-state.ts';
import type { ShopState } from './shop-state.ts';

export interface PlannedCheckout {
  readonly orderKey: OrderKey;
  readonly account: AccountId;
}

/** The same id twice is the shop asking again; another id is another refund. */
export interface PlannedRefund {
  readonly orderKey: OrderKey;
  readonly refundId: string;
}

/** Everything there is, as plain data that nothing changes in place: the state that the explorer walks through. */
export interface World {
  readonly now: number;
  readonly ledger: MemoryState;
  readonly gateway: GatewayState;
  readonly shop: ShopState;
  readonly processes: readonly Process[];
  /** Processes started so far; numbers them. */
  readonly started: number;
  readonly faults: number;
  /** How often a person has changed something in the shop. */
  readonly decisions: number;
  /** Checkouts that a shopper may still begin. */
  readonly checkouts: readonly PlannedCheckout[];
  /** Refunds that the shop's owner may still ask for. */
  readonly refunds: readonly PlannedRefund[];
  /** Exceptions that a use case threw: each is a bug. */
  readonly thrown: readonly string[];
}
