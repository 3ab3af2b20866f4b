import type { Fact } from '../gateways/fact.ts';
import type { Reduction } from './decision.ts';
import { type InvoiceException, withExceptions } from './exception.ts';
import { hold } from './hold.ts';
import type { Invoice } from './invoice.ts';
import { learn, review } from './reduction.ts';

export const onMismatch = (invoice: Invoice, fact: Fact, found: readonly InvoiceException[]): Reduction => {
  const detail = `What the gateway reports does not match the invoice: ${found.join(', ')}.`;
  const money = fact.status === 'paid' || fact.status === 'processing';
  if (invoice.status === 'settled' || !money) {
    const first = found[0] ?? 'review';
    return {
      invoice: { ...invoice, exceptions: withExceptions(invoice.exceptions, [...found, 'review']) },
      decisions: [review(first, invoice, detail)],
      because: detail,
    };
  }
  return hold(invoice, learn(invoice, { ...fact, gatewayPaymentId: null }), found, detail);
};
