import type { LedgerTransaction } from '@gatewright/payment-core';
import type { SessionRow } from './session-book.ts';

/** How the core writes down a decision that leaves an order unpaid (`resolveReview`). */
const isDecline = ({ event, detail }: { readonly event: string; readonly detail: string }): boolean =>
  event.startsWith('review resolved: ') && /^(?:ignored|refund-noted)\b/.test(detail);

/**
 * Whether a person has decided about the money of a pending payment, and against it: it was not booked, something about
 * it was closed or paid back, and nothing of the order waits for a person any more.
 */
export const wasDeclined = async (
  tx: LedgerTransaction,
  { store, group }: Pick<SessionRow, 'store' | 'group'>,
): Promise<boolean> => {
  const claim = await tx.claims.byOrder(store, group);
  if (claim && claim.state !== 'released') return false;
  const attempts = await tx.invoices.ofOrder(store, group);
  const lines = await Promise.all(attempts.map(({ id }) => tx.history.ofInvoice(id)));
  if (!lines.flat().some(isDecline)) return false;
  const open = await tx.reviews.page(store, { state: 'open', limit: 1, orderKey: group });
  return open.length === 0;
};
