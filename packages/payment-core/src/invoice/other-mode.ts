import type { Fact } from '../gateways/fact.ts';
import type { Reduction } from './decision.ts';
import { withExceptions } from './exception.ts';
import { integrityExceptions } from './integrity.ts';
import type { Invoice, Mode } from './invoice.ts';
import { learn, review, unchanged } from './reduction.ts';

/** Money for an invoice that was made before the store went live, or back to test. */
export const isOfOtherMode = (invoice: Invoice, fact: Fact, mode: Mode): boolean =>
  invoice.mode !== mode &&
  invoice.status !== 'settled' &&
  (fact.status === 'paid' || fact.status === 'processing');

/** Said before, perhaps to a person who has decided about it since. */
const isKnown = (before: Invoice, now: Invoice): boolean =>
  before.exceptions.includes('review') &&
  before.firstReceiptAt !== null &&
  before.received?.amount === now.received?.amount &&
  before.paymentRecords.length === now.paymentRecords.length;

/**
 * Such money settles nothing, and the storefront is told nothing (invariant 13). What came and when is kept, for the
 * person who looks at it and for the day the store is in the invoice's mode again.
 */
export const heldForMode = (before: Invoice, fact: Fact, mode: Mode): Reduction => {
  const learned = integrityExceptions(before, fact).length === 0 ? learn(before, fact) : before;
  if (isKnown(before, learned)) return unchanged(learned, 'money of the other mode, known already');
  const detail = `The invoice was made while the store was in ${before.mode} mode, and the store is ${mode} now. Nothing was settled: look at the payment at the gateway.`;
  return {
    invoice: { ...learned, exceptions: withExceptions(learned.exceptions, ['review']) },
    decisions: [review('review', learned, detail)],
    because: detail,
  };
};
