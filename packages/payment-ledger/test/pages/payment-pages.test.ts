import { createMemoryLedger } from '@gatewright/payment-core';
import { openTempLedger } from '../temp-ledger.ts';
import { describePaymentPages } from './describe-payment-pages.ts';

describePaymentPages('SQLite', () => openTempLedger());
describePaymentPages('the memory ledger', async () => {
  const ledger = createMemoryLedger();
  return { ledger, jobs: ledger.jobs, changes: ledger.changes, close: async () => undefined };
});
