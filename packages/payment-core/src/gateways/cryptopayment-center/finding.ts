import type { FindOutcome, InvoiceHandle } from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { walkInvoices } from './client.ts';
import { type Connection, clockSkewMs } from './connection.ts';
import type { CryptoPaymentCenterInvoice } from './contract.ts';
import { created, isAsAsked } from './creating.ts';

const findPages = 50;

/** CPC-14: look for our reference before creating again. The list carries no `checkout_url`; the address is enough. */
export const findInvoice = async (connection: Connection, handle: InvoiceHandle): Promise<FindOutcome> => {
  const asked = { method: handle.method, amount: handle.quoted, reference: handle.reference };
  let found: CryptoPaymentCenterInvoice | undefined;
  const limits = { since: handle.createdAt - clockSkewMs, maxPages: findPages };
  const walk = await walkInvoices(connection.client, connection.clock, limits, (invoice) => {
    if (invoice.order_id !== handle.reference || !isAsAsked(invoice, asked)) return false;
    found = invoice;
    return true;
  });
  if (found) return created({ invoice: found, checkout_url: null }, connection);
  switch (walk.outcome) {
    case 'complete':
    case 'stopped':
      return { outcome: 'absent' };
    case 'cut':
      return { outcome: 'unavailable', reason: 'list-too-long' };
    case 'failed':
      return unavailableRead(walk.failure);
    default: {
      const never: never = walk;
      return never;
    }
  }
};
