import { describe } from 'vitest';
import { describeInbox } from './inbox.ts';
import { describeInvoices } from './invoices.ts';
import { describeJobs } from './jobs.ts';
import type { OpenLedger } from './open-ledger.ts';
import { describeOrders } from './orders.ts';
import { describePages } from './pages.ts';
import { describeRefunds } from './refunds.ts';
import { describeReviews } from './reviews.ts';
import { describeTransactions } from './transactions.ts';

/**
 * Every promise of the ledger port and its job queue, as tests of the caller's vitest.
 * @param open gives an empty ledger each time; `close` is called at the end of every test.
 * @example describeLedger('my ledger', async () => ({ ledger, jobs, close: async () => {} }));
 */
export const describeLedger = (name: string, open: OpenLedger): void => {
  describe(`${name} keeps the ledger's promises`, () => {
    describeTransactions(open);
    describeInvoices(open);
    describeInbox(open);
    describeOrders(open);
    describePages(open);
    describeReviews(open);
    describeRefunds(open);
    describeJobs(open);
  });
};
