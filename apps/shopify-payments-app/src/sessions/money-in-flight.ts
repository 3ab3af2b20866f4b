import { isLive, type LedgerTransaction, type OrderKey, type StoreId } from '@gatewright/payment-core';

/** Whether money for an order has come, or may be on its way: then nothing of it is rejected. */
export const moneyInFlight = async (
  tx: LedgerTransaction,
  store: StoreId,
  group: OrderKey,
): Promise<boolean> => {
  const claim = await tx.claims.byOrder(store, group);
  if (claim && claim.state !== 'released') return true;
  const attempts = await tx.invoices.ofOrder(store, group);
  return attempts.some(
    ({ status, exceptions }) => isLive(status) || status === 'settled' || exceptions.includes('review'),
  );
};
