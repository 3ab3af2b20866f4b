import { randomBytes } from 'node:crypto';
import {
  type Account,
  type Invoice,
  type LedgerTransaction,
  minutes,
  moneySchema,
  newInvoiceId,
  orderKeySchema,
} from '@gatewright/payment-core';

const total = moneySchema.parse({ amount: '49.90', currency: 'USD' });

/** The `index`th open invoice of an account; what a benchmark needs otherwise goes on top. */
export const openInvoice = (
  account: Account,
  index: number,
  now: number,
  own: Partial<Invoice> = {},
): Invoice => ({
  id: newInvoiceId(randomBytes),
  store: account.store,
  orderKey: orderKeySchema.parse(String(index + 1)),
  account: account.id,
  gateway: account.gateway,
  mode: account.mode,
  method: null,
  n: 1,
  reference: `${index + 1}-1-${randomBytes(9).toString('base64url')}`,
  status: 'open',
  exceptions: [],
  order: total,
  quoted: total,
  payable: null,
  rate: null,
  valuation: null,
  received: null,
  paymentRecords: [],
  transaction: null,
  confirmations: null,
  gatewayPaymentId: `pay_${randomBytes(8).toString('hex')}`,
  payUrl: `https://gateway.example/pay/${randomBytes(12).toString('hex')}`,
  address: null,
  ambiguous: false,
  superseded: false,
  createdAt: now,
  expiresAt: now + minutes(30),
  monitorUntil: now + minutes(30 + 7 * 24 * 60),
  firstReceiptAt: null,
  settledAt: null,
  lastReadAt: null,
  nextReadAt: null,
  version: 0,
  ...own,
});

/** The invoice and the order that it is for. */
export const insertWithOrder = async (tx: LedgerTransaction, invoice: Invoice): Promise<void> => {
  await tx.invoices.insert(invoice);
  await tx.orders.put({
    store: invoice.store,
    orderKey: invoice.orderKey,
    mode: invoice.mode,
    total: invoice.order,
    deadline: invoice.expiresAt + minutes(30),
    state: 'open',
  });
};
