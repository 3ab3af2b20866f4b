import { formatMoney } from '../money/money.ts';
import type { Reduction } from './decision.ts';
import { increaseOf, isDust } from './dust.ts';
import type { InvoiceException } from './exception.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { move, review, unchanged } from './reduction.ts';
import { canMove } from './transition.ts';

const isHeldFor = (before: Invoice, exceptions: readonly InvoiceException[]): boolean =>
  before.status === 'processing' && exceptions.every((exception) => before.exceptions.includes(exception));

/** Said before: the same money for the same reasons. Repeating the hold would write over a person who lifted it. */
const isSameMoney = (before: Invoice, now: Invoice): boolean =>
  before.paymentRecords.length === now.paymentRecords.length &&
  before.received?.amount === now.received?.amount;

/** Held money: the storefront holds the order and a person decides. */
export const hold = (
  before: Invoice,
  invoice: Invoice,
  exceptions: readonly InvoiceException[],
  detail: string,
  policy: Policy,
): Reduction => {
  if (isHeldFor(before, [...exceptions, 'review'])) {
    if (isSameMoney(before, invoice)) return unchanged(invoice, 'held already');
    const more = increaseOf(before.received, invoice.received);
    if (more && isDust(invoice, more, policy)) {
      const note = `A trifle more came (${formatMoney(more)}): ${detail}`;
      return unchanged(invoice, 'held already, and a trifle more came', [{ kind: 'note', note }]);
    }
  }
  const status = canMove(invoice.status, 'processing') ? 'processing' : invoice.status;
  const first = exceptions[0] ?? 'review';
  return {
    invoice: move(invoice, status, [...exceptions, 'review']),
    decisions: [{ kind: 'hold', note: detail }, review(first, invoice, detail)],
    because: detail,
  };
};
