import type { Ledger } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';

/** Items that wait for a person, over all stores. */
export const countOpenReviews = async (ledger: Ledger, vault: Pick<Vault, 'stores'>): Promise<number> => {
  let count = 0;
  for (const store of await vault.stores()) {
    const open = await ledger.transact((tx) => tx.reviews.list(store.id, { open: true }));
    count += open.length;
  }
  return count;
};
