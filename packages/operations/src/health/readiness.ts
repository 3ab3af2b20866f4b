import type { Ledger } from '@gatewright/payment-core';

export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly reason: 'closing' | 'ledger-unavailable' };

/** What `/readyz` says: whether the process can store a webhook; a balancer sends it none otherwise. */
export const readiness = async (ledger: Ledger, isClosing: boolean): Promise<Readiness> => {
  if (isClosing) return { ready: false, reason: 'closing' };
  try {
    // Fails as storing a webhook would: no file, no table, no space for the write-ahead log.
    await ledger.transact((tx) => tx.inbox.byId('readiness'));
    return { ready: true };
  } catch {
    return { ready: false, reason: 'ledger-unavailable' };
  }
};
