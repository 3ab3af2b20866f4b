import type { InvoiceId } from '../identity/identity.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { RefundRow } from '../ledger/rows.ts';
import { about, type ReviewItem } from '../review/review-item.ts';

/** The key of the item that asks what became of a refund. */
export const unknownRefundKey = (invoice: InvoiceId, refundId: string): string =>
  `refund_unknown:${invoice}:${refundId}`;

/** Whether money moved is not known, and until a person has said it no other refund starts (invariant 11). */
export const unknownRefund = async (
  tx: LedgerTransaction,
  { store, invoice: id, refundId }: RefundRow,
  detail: string,
): Promise<ReviewItem> => {
  const invoice = await tx.invoices.byId(id);
  const whose = invoice ? about(invoice) : { store, invoice: id };
  return { ...whose, kind: 'refund_unknown', key: unknownRefundKey(id, refundId), detail };
};
