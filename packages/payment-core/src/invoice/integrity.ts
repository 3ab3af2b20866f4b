import type { Fact } from '../gateways/fact.ts';
import { compareDecimal } from '../money/decimal.ts';
import type { InvoiceException } from './exception.ts';
import type { Invoice } from './invoice.ts';

/**
 * What of a fact contradicts what the invoice froze, for every gateway in one place (hyperswitch-prism's
 * CheckIntegrity). Mismatches are reviewed, never refused (gateways.md rule 5).
 */
export const integrityExceptions = (invoice: Invoice, fact: Fact): readonly InvoiceException[] => {
  const found: InvoiceException[] = [];
  const otherReference = fact.reference !== null && fact.reference !== invoice.reference;
  const otherPayment =
    fact.gatewayPaymentId !== null &&
    invoice.gatewayPaymentId !== null &&
    fact.gatewayPaymentId !== invoice.gatewayPaymentId;
  if (otherReference || otherPayment) found.push('reference_mismatch');
  if (fact.quoted !== null && invoice.quoted !== null) {
    if (fact.quoted.currency !== invoice.quoted.currency) found.push('currency_mismatch');
    else if (compareDecimal(fact.quoted.amount, invoice.quoted.amount) !== 0) found.push('amount_mismatch');
  }
  return found;
};
