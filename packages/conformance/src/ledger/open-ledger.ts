import type { JobQueue, Ledger, PageChanges } from '@gatewright/payment-core';

/** What a ledger's battery works on: one empty ledger per test. */
export interface OpenedLedger {
  readonly ledger: Ledger;
  readonly jobs: JobQueue;
  readonly changes: PageChanges;
  close(): Promise<void>;
}

export type OpenLedger = () => Promise<OpenedLedger>;

/** The body of one test, on a ledger of its own. */
export const onLedger =
  (open: OpenLedger, test: (opened: OpenedLedger) => Promise<void>) => async (): Promise<void> => {
    const opened = await open();
    try {
      await test(opened);
    } finally {
      await opened.close();
    }
  };
