import type { Reduction } from './decision.ts';
import type { InvoiceException } from './exception.ts';
import type { Invoice } from './invoice.ts';
import { move, review, unchanged } from './reduction.ts';
import { canMove } from './transition.ts';

/** Said before: the same money for the same reasons. Repeating the hold would write over a person who lifted it. */
const isHeldAlready = (before: Invoice, now: Invoice, exceptions: readonly InvoiceException[]): boolean =>
  before.status === 'processing' &&
  exceptions.every((exception) => before.exceptions.includes(exception)) &&
  before.paymentRecords.length === now.paymentRecords.length &&
  before.received?.amount === now.received?.amount;

/** Held money: the storefront holds the order and a person decides. */
export const hold = (
  before: Invoice,
  invoice: Invoice,
  exceptions: readonly InvoiceException[],
  detail: string,
): Reduction => {
  if (isHeldAlready(before, invoice, [...exceptions, 'review'])) return unchanged(invoice, 'held already');
  const status = canMove(invoice.status, 'processing') ? 'processing' : invoice.status;
  const first = exceptions[0] ?? 'review';
  return {
    invoice: move(invoice, status, [...exceptions, 'review']),
    decisions: [{ kind: 'hold', note: detail }, review(first, invoice, detail)],
    because: detail,
  };
};
