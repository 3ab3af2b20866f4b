import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { MemoryLedger } from '../../../src/ledger/memory-ledger.ts';
import type { Door } from '../process/port-call.ts';
import type { ShopManners } from '../world/shop-state.ts';

/** The ledger of one process, and what it does after its answer has gone out. */
export interface ProcessLedger extends Ledger {
  afterAnswer?(): Promise<void>;
}

/** How the system under test is put together. Planted bugs are other designs; the sources stay as they are. */
export interface Design {
  readonly ledger: (memory: MemoryLedger, door: Door) => ProcessLedger;
  readonly shop: ShopManners;
  readonly poller: boolean;
}

/** The system as it is: every transaction is one atomic step. */
export const asBuilt: Design = {
  ledger: (memory, door) => ({
    transact: (work) => door.ask({ what: 'a transaction', outcomes: ['ok'] }, () => memory.transact(work)),
  }),
  shop: 'keeps',
  poller: true,
};
