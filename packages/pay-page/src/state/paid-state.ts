import type { Invoice, Money, PageSnapshot } from '@gatewright/payment-core';
import { coversOrder, moreThanDue, refundedOf } from './amounts.ts';

/** An order that has been paid, whatever came after. `twice`: another payment came and goes back. */
export type PaidState =
  | { readonly kind: 'paid'; readonly refunded: Money | null; readonly twice: boolean }
  /** `excess` in what was sent; null where the gateway valued it itself. */
  | { readonly kind: 'overpaid'; readonly excess: Money | null }
  | { readonly kind: 'refunded'; readonly amount: Money }
  | { readonly kind: 'held' };

const invoiceState = (invoice: Invoice, snapshot: PageSnapshot): PaidState => {
  const refunded = refundedOf(invoice, snapshot.refunds);
  if (refunded !== null && coversOrder(refunded, invoice)) return { kind: 'refunded', amount: refunded };
  // The shop refused to book it and kept the claim: somebody moved the order meanwhile.
  if (snapshot.claim?.state === 'held' && invoice.exceptions.includes('review')) return { kind: 'held' };
  const twice = snapshot.attempts.some((attempt) => attempt.exceptions.includes('duplicate_payment'));
  if (twice || refunded !== null) return { kind: 'paid', refunded, twice };
  return invoice.exceptions.includes('overpaid')
    ? { kind: 'overpaid', excess: moreThanDue(invoice) }
    : { kind: 'paid', refunded: null, twice: false };
};

/** Undefined while the order's claim is not taken: only the claim makes it paid (invariant 3). */
export const paidState = (snapshot: PageSnapshot): PaidState | undefined => {
  const { claim, attempts } = snapshot;
  if (claim === undefined || claim.state === 'released') return undefined;
  const invoice = attempts.find((attempt) => attempt.id === claim.invoice);
  return invoice === undefined
    ? { kind: 'paid', refunded: null, twice: false }
    : invoiceState(invoice, snapshot);
};
