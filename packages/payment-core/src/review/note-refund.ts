import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import { isUnresolved, type ReviewRow } from '../ledger/rows.ts';
import { equalDecimal } from '../money/decimal.ts';
import type { Money } from '../money/money.ts';
import { refundAmount } from '../refund/refund-amount.ts';

export type NoteRefundResult =
  | { readonly ok: true }
  /** `refund-unresolved`: one whose outcome nobody knows has to be resolved first, by its own item (invariant 11). */
  | { readonly ok: false; readonly reason: 'currency-differs' | 'refund-unresolved' };

const unresolvedOf = async (tx: LedgerTransaction, invoice: Invoice) =>
  (await tx.refunds.ofInvoice(invoice.id)).find(({ state }) => isUnresolved(state));

/** A person has looked at the gateway: the refund whose answer was lost was made, or it was not (GN-5). */
const end = (tx: LedgerTransaction, invoice: Invoice, refundId: string, state: 'done' | 'refused') =>
  tx.refunds.setState(invoice.id, refundId, { state, gatewayRefundId: null, answer: 'a person said so' });

/** The money was sent back: a person's word, recorded and counted against later refunds, never sent (invariant 17). */
export const noteRefund = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  amount: Money,
  review: ReviewRow,
  now: number,
): Promise<NoteRefundResult> => {
  if (amount.currency !== invoice.order.currency) return { ok: false, reason: 'currency-differs' };
  const unresolved = await unresolvedOf(tx, invoice);
  if (unresolved) {
    if (review.kind !== 'refund_unknown') return { ok: false, reason: 'refund-unresolved' };
    const wasMade = equalDecimal(unresolved.orderAmount.amount, amount.amount);
    await end(tx, invoice, unresolved.refundId, wasMade ? 'done' : 'refused');
    if (wasMade) return { ok: true };
  }
  const counted = refundAmount(invoice, await tx.refunds.ofInvoice(invoice.id), amount);
  await tx.refunds.insert({
    store: invoice.store,
    invoice: invoice.id,
    refundId: `review-${review.id}`,
    orderAmount: amount,
    gatewayAmount: counted.ok ? counted.gatewayAmount : (invoice.received ?? amount),
    reason: 'noted in the review queue',
    state: 'manual',
    gatewayRefundId: null,
    answer: null,
    createdAt: now,
  });
  return { ok: true };
};

/** Nothing was sent back: the shop may ask for the refund again. */
export const noteNoRefund = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  review: ReviewRow,
): Promise<void> => {
  const unresolved = review.kind === 'refund_unknown' ? await unresolvedOf(tx, invoice) : undefined;
  if (unresolved) await end(tx, invoice, unresolved.refundId, 'refused');
};
