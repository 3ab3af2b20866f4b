import type { Invoice } from '../invoice/invoice.ts';
import { roundDecimal, significantScale } from '../money/decimal.ts';

/**
 * What makes two invoices the same attempt (architecture.md, Words), as one text: store, order, account, method,
 * amount in value ("49.9" is "49.90"), currency, network, n.
 */
export const attemptKey = (invoice: Invoice): string => {
  const { amount, currency, network } = invoice.order;
  return JSON.stringify([
    invoice.store,
    invoice.orderKey,
    invoice.account,
    invoice.method,
    roundDecimal(amount, significantScale(amount), 'down'),
    currency,
    network ?? null,
    invoice.n,
  ]);
};
