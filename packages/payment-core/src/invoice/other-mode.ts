import type { Fact } from '../gateways/fact.ts';
import type { Reduction } from './decision.ts';
import { withExceptions } from './exception.ts';
import type { Invoice, Mode } from './invoice.ts';
import { review } from './reduction.ts';

/** Money for an invoice that was made before the store went live, or back to test. */
export const isOfOtherMode = (invoice: Invoice, fact: Fact, mode: Mode): boolean =>
  invoice.mode !== mode &&
  invoice.status !== 'settled' &&
  (fact.status === 'paid' || fact.status === 'processing');

/** Such money settles nothing, and the storefront is told nothing (invariant 13). */
export const heldForMode = (invoice: Invoice, mode: Mode): Reduction => {
  const detail = `The invoice was made while the store was in ${invoice.mode} mode, and the store is ${mode} now. Nothing was settled: look at the payment at the gateway.`;
  return {
    invoice: { ...invoice, exceptions: withExceptions(invoice.exceptions, ['review']) },
    decisions: [review('review', invoice, detail)],
    because: detail,
  };
};
