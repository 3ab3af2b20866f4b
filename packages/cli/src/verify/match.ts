import {
  compareDecimal,
  defaultPolicy,
  type ExactJson,
  type Fact,
  type Invoice,
  type InvoiceException,
  type Money,
  type RegisteredGateway,
  reduceFact,
} from '@gatewright/payment-core';
import { fieldsOf, invoiceOf, orderMoney } from './line-invoice.ts';

/**
 * How a fact fits the invoice and the order of the line: the exceptions that Gatewright's own reducer would record
 * under the default policy, and why. `unread` names fields that could not be read and were left out.
 */
export interface Match {
  readonly exceptions: readonly InvoiceException[];
  readonly because: string;
  readonly unread?: readonly string[];
}

/** A hint is never reduced, yet an owner wants to know whether it names this invoice at all. */
const hintExceptions = (invoice: Invoice, fact: Fact): readonly InvoiceException[] =>
  invoice.gatewayPaymentId !== null && fact.gatewayPaymentId !== invoice.gatewayPaymentId
    ? ['reference_mismatch']
    : [];

/** Invariant 8, second half: the order must still ask for what the invoice was made for. */
const orderExceptions = (invoice: Invoice, order: Money | null): readonly InvoiceException[] => {
  if (order === null) return [];
  if (order.currency !== invoice.order.currency) return ['currency_mismatch'];
  return compareDecimal(order.amount, invoice.order.amount) === 0 ? [] : ['amount_mismatch'];
};

/** Undefined when the line names neither an invoice nor an order. Never changes a verdict. */
export const matchFact = (
  line: { readonly invoice: ExactJson | undefined; readonly order: ExactJson | undefined },
  fact: Fact,
  gateway: RegisteredGateway,
): Match | undefined => {
  if ((line.invoice ?? null) === null && (line.order ?? null) === null) return undefined;
  const unread: string[] = [];
  const order = orderMoney(fieldsOf(line.order, 'order', unread));
  const invoice = invoiceOf(fieldsOf(line.invoice, 'invoice', unread), order, fact, gateway);
  const rest = unread.length === 0 ? {} : { unread };
  if (invoice === undefined) return { exceptions: [], because: 'not comparable', ...rest };
  const reduction = reduceFact(invoice, fact, defaultPolicy, fact.asOf);
  const found = [
    ...reduction.invoice.exceptions,
    ...orderExceptions(invoice, order),
    ...(fact.authority === 'hint' ? hintExceptions(invoice, fact) : []),
  ];
  return { exceptions: [...new Set(found)].sort(), because: reduction.because, ...rest };
};
