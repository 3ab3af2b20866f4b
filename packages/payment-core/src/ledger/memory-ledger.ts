import type { JobQueue } from './job-queue.ts';
import type { Ledger, LedgerTransaction, PageChanges } from './ledger.ts';
import { memoryFacts, memoryInbox } from './memory-inbox.ts';
import { memoryInvoices } from './memory-invoices.ts';
import { memoryJobQueue, memoryJobTable } from './memory-jobs.ts';
import { memoryClaims, memoryInstructions, memoryOrders } from './memory-orders.ts';
import { memoryPageChanges, memoryPages } from './memory-pages.ts';
import { memoryRefunds } from './memory-refunds.ts';
import { memoryHistory, memoryReviews } from './memory-reviews.ts';
import { copyState, createJournal, emptyState, type Journal, type MemoryState } from './memory-state.ts';

export interface MemoryLedger extends Ledger {
  readonly jobs: JobQueue;
  readonly changes: PageChanges;
  /** A copy of everything stored, plain data. @throws Error while a transaction is running. */
  snapshot(): MemoryState;
  /** Puts a snapshot back; it can be used again afterwards. @throws Error while a transaction is running. */
  restore(snapshot: MemoryState): void;
}

const transactionOn = (state: MemoryState, journal: Journal): LedgerTransaction => ({
  invoices: memoryInvoices(state, journal),
  inbox: memoryInbox(state, journal),
  facts: memoryFacts(state, journal),
  claims: memoryClaims(state, journal),
  orders: memoryOrders(state, journal),
  instructions: memoryInstructions(state, journal),
  pages: memoryPages(state, journal),
  reviews: memoryReviews(state, journal),
  history: memoryHistory(state, journal),
  refunds: memoryRefunds(state, journal),
  jobs: memoryJobTable(state, journal),
});

/** The ledger without a disk, for tests and models: same inputs, same result. Transactions run one after another. */
export const createMemoryLedger = (): MemoryLedger => {
  const state = emptyState();
  let running = 0;
  let tail: Promise<unknown> = Promise.resolve();

  const exclusive = async <T>(work: (journal: Journal) => T | Promise<T>): Promise<T> => {
    const journal = createJournal();
    try {
      return await work(journal);
    } catch (error) {
      journal.rollback();
      throw error;
    } finally {
      journal.close();
    }
  };
  const inTurn = <T>(work: (journal: Journal) => T | Promise<T>): Promise<T> => {
    running += 1;
    const result = tail
      .then(() => exclusive(work))
      .finally(() => {
        running -= 1;
      });
    tail = result.catch(() => undefined);
    return result;
  };
  const refuseWhileRunning = (): void => {
    if (running > 0) throw new Error('memory ledger: a transaction is running');
  };

  return {
    transact: (work) => inTurn((journal) => work(transactionOn(state, journal))),
    jobs: memoryJobQueue(state, inTurn),
    changes: memoryPageChanges(state, inTurn),
    snapshot() {
      refuseWhileRunning();
      return copyState(state);
    },
    restore(snapshot) {
      refuseWhileRunning();
      Object.assign(state, copyState(snapshot));
    },
  };
};
