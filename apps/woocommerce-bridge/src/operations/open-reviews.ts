import type { Ledger } from '@gatewright/payment-core';

/** Items that wait for a person, over all stores. */
export const countOpenReviews = (ledger: Ledger): Promise<number> =>
  ledger.transact((tx) => tx.reviews.countOpen());
