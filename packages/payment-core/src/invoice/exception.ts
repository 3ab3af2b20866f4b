import * as z from 'zod';

/** Second axis of an invoice: what a person should know besides its status (gateways.md 11.1). */
export const invoiceExceptionSchema = z.enum([
  'underpaid',
  'overpaid',
  'late',
  'wrong_asset',
  'amount_mismatch',
  'currency_mismatch',
  'reference_mismatch',
  'duplicate_payment',
  'reorged',
  'review',
  'adopted',
  'marked',
  'unmatched',
]);
export type InvoiceException = z.infer<typeof invoiceExceptionSchema>;

/** A set kept as a sorted array, so that equal sets are equal rows. */
export const withExceptions = (
  current: readonly InvoiceException[],
  added: readonly InvoiceException[],
): readonly InvoiceException[] => [...new Set([...current, ...added])].sort();

export const withoutExceptions = (
  current: readonly InvoiceException[],
  removed: readonly InvoiceException[],
): readonly InvoiceException[] => current.filter((exception) => !removed.includes(exception));
