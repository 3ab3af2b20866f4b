import type { Fact } from '../gateways/fact.ts';
import type { Reduction } from './decision.ts';
import { isDustFact } from './dust.ts';
import { type InvoiceException, withExceptions } from './exception.ts';
import { hold } from './hold.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { learn, review } from './reduction.ts';

/** Reviewed, never refused (gateways.md rule 5). A trifle among it holds no order (invariant 10). */
export const onMismatch = (
  invoice: Invoice,
  fact: Fact,
  found: readonly InvoiceException[],
  policy: Policy,
): Reduction => {
  const detail = `What the gateway reports does not match the invoice: ${found.join(', ')}.`;
  const money = fact.status === 'paid' || fact.status === 'processing';
  if (invoice.status === 'settled' || !money || isDustFact(invoice, fact, policy)) {
    const first = found[0] ?? 'review';
    return {
      invoice: { ...invoice, exceptions: withExceptions(invoice.exceptions, [...found, 'review']) },
      decisions: [review(first, invoice, detail)],
      because: detail,
    };
  }
  return hold(invoice, learn(invoice, { ...fact, gatewayPaymentId: null }), found, detail, policy);
};
