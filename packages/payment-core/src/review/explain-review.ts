import type { StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { ClaimRow, HistoryRow, InstructionRow, RefundRow, ReviewRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';

/** Everything a person needs to decide: what was learnt, what was decided and why, what the shop answered. */
export interface ReviewExplanation {
  readonly review: ReviewRow;
  /** Every attempt of the order, oldest first, each with its timeline. */
  readonly attempts: readonly { readonly invoice: Invoice; readonly timeline: readonly HistoryRow[] }[];
  readonly claim: ClaimRow | undefined;
  readonly instructions: readonly InstructionRow[];
  readonly refunds: readonly RefundRow[];
}

/** Undefined when the store has no such item. */
export const explainReview = (
  ports: Pick<Ports, 'ledger'>,
  store: StoreId,
  id: string,
): Promise<ReviewExplanation | undefined> =>
  ports.ledger.transact(async (tx) => {
    const review = await tx.reviews.byId(store, id);
    if (!review) return undefined;
    const named = review.invoice ? await tx.invoices.byId(review.invoice) : undefined;
    const orderKey = review.orderKey ?? named?.orderKey ?? null;
    const invoices = orderKey ? await tx.invoices.ofOrder(store, orderKey) : [];
    const attempts: { invoice: Invoice; timeline: readonly HistoryRow[] }[] = [];
    const refunds: RefundRow[] = [];
    for (const invoice of invoices) {
      attempts.push({ invoice, timeline: await tx.history.ofInvoice(invoice.id) });
      refunds.push(...(await tx.refunds.ofInvoice(invoice.id)));
    }
    return {
      review,
      attempts,
      claim: orderKey ? await tx.claims.byOrder(store, orderKey) : undefined,
      instructions: orderKey ? await tx.instructions.ofOrder(store, orderKey) : [],
      refunds,
    };
  });
