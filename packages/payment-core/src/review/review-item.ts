import { newRowId, type RandomBytes } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { ReviewRow } from '../ledger/rows.ts';

/** What a review item says; who it is about is left out where it is nobody. */
export type ReviewItem = Pick<ReviewRow, 'store' | 'kind' | 'key' | 'detail'> &
  Partial<Pick<ReviewRow, 'account' | 'invoice' | 'orderKey'>>;

/** Who an item about an invoice is about. */
export const about = ({ store, account, id, orderKey }: Invoice) => ({
  store,
  account,
  invoice: id,
  orderKey,
});

/** False: an open item of this store and key is there already. */
export const openReview = (
  tx: LedgerTransaction,
  fields: ReviewItem,
  random: RandomBytes,
  now: number,
): Promise<boolean> =>
  tx.reviews.open({
    account: null,
    invoice: null,
    orderKey: null,
    ...fields,
    id: newRowId(random),
    openedAt: now,
    resolution: null,
  });

/** Who closes what has answered itself. */
export const ourName = 'gatewright';

/** Closes the open item of this key, if there is one. Answers it as it was. */
export const closeReview = async (
  tx: LedgerTransaction,
  store: ReviewRow['store'],
  key: string,
  { reason, decision }: { readonly reason: string; readonly decision: string },
  at: number,
): Promise<ReviewRow | undefined> => {
  const [open] = await tx.reviews.page(store, { state: 'open', limit: 1, key });
  if (open) await tx.reviews.resolve(store, open.id, { by: ourName, reason, decision, at });
  return open;
};
