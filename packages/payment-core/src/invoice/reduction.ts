import type { Fact } from '../gateways/fact.ts';
import type { Decision, Reduction } from './decision.ts';
import { type InvoiceException, withExceptions } from './exception.ts';
import type { Invoice } from './invoice.ts';
import type { InvoiceStatus } from './status.ts';

export const unchanged = (
  invoice: Invoice,
  because: string,
  decisions: readonly Decision[] = [],
): Reduction => ({
  invoice,
  decisions,
  because,
});

export const move = (
  invoice: Invoice,
  status: InvoiceStatus,
  added: readonly InvoiceException[] = [],
): Invoice => ({
  ...invoice,
  status,
  exceptions: withExceptions(invoice.exceptions, added),
});

export const review = (
  review: Extract<Decision, { kind: 'review' }>['review'],
  invoice: Invoice,
  detail: string,
): Decision => ({
  kind: 'review',
  review,
  key: `${review}:${invoice.id}`,
  detail,
});

/** Closes what `review` opened. */
export const close = (
  review: Extract<Decision, { kind: 'review' }>['review'],
  { id }: Invoice,
  reason: string,
): Decision => ({ kind: 'close', key: `${review}:${id}`, reason });

/** What every money fact teaches, whatever is decided about it. */
export const learn = (invoice: Invoice, fact: Fact): Invoice => {
  const record = fact.paymentRecord ?? fact.transaction;
  const isNew = record !== null && !invoice.paymentRecords.includes(record);
  return {
    ...invoice,
    gatewayPaymentId: invoice.gatewayPaymentId ?? fact.gatewayPaymentId,
    received: fact.received === null || fact.received === 'attested' ? invoice.received : fact.received,
    paymentRecords: isNew ? [...invoice.paymentRecords, record] : invoice.paymentRecords,
    transaction: fact.transaction ?? invoice.transaction,
    confirmations: fact.confirmations ?? invoice.confirmations,
    firstReceiptAt: invoice.firstReceiptAt ?? fact.paidAt ?? fact.heardAt ?? fact.asOf,
  };
};
