import type { JobTable } from '@gatewright/payment-core';
import type { Kysely } from 'kysely';
import { leaseTable } from '../leases/lease-table.ts';
import type { SqlTransaction } from '../own-tables.ts';
import { factTable, inboxTable } from './inbox.ts';
import { instructionTable } from './instructions.ts';
import { invoiceTable } from './invoices.ts';
import { claimTable, orderTable } from './orders.ts';
import { pageTable } from './pages.ts';
import { refundTable } from './refunds.ts';
import { historyTable, reviewTable } from './reviews.ts';
import type { LedgerSchema } from './schema.ts';
import { sqlOn } from './sql.ts';

/** Every table of the port over one transaction; the jobs are the engine's. */
export const transactionOn = (db: Kysely<LedgerSchema>, jobs: JobTable): SqlTransaction => ({
  invoices: invoiceTable(db),
  inbox: inboxTable(db),
  facts: factTable(db),
  claims: claimTable(db),
  orders: orderTable(db),
  pages: pageTable(db),
  instructions: instructionTable(db),
  reviews: reviewTable(db),
  history: historyTable(db),
  refunds: refundTable(db),
  jobs,
  leases: leaseTable(db),
  sql: sqlOn(db),
});
