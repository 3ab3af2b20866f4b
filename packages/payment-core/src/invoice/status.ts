import * as z from 'zod';

/** First axis of an invoice (gateways.md 11.1, after BTCPay's two-axis model). */
export const invoiceStatusSchema = z.enum([
  'creating',
  'open',
  'processing',
  'settled',
  'expired',
  'canceled',
  'failed',
]);
export type InvoiceStatus = z.infer<typeof invoiceStatusSchema>;

/** True where money may still be on its way and no ending has been reached. */
export const isLive = (status: InvoiceStatus): boolean => {
  switch (status) {
    case 'creating':
    case 'open':
    case 'processing':
      return true;
    case 'settled':
    case 'expired':
    case 'canceled':
    case 'failed':
      return false;
    default: {
      const never: never = status;
      return never;
    }
  }
};
