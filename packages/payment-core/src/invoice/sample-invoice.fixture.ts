import { blankFact, type Fact } from '../gateways/fact.ts';
import { minutes } from '../identity/clock.ts';
import { moneySchema } from '../money/schema.ts';
import { type Invoice, invoiceSchema } from './invoice.ts';

export const usd = (amount: string) => moneySchema.parse({ amount, currency: 'USD' });
export const asset = (amount: string, currency: string) => moneySchema.parse({ amount, currency });

export const created = 1_700_000_000_000;

/** An open invoice of 50 USD, thirty minutes long. */
export const sampleInvoice = (change: Partial<Invoice> = {}): Invoice =>
  invoiceSchema.parse({
    id: 'invoice_aaaaaaaaaaaaaaaa',
    store: 'store',
    orderKey: '100',
    account: 'account',
    gateway: 'crypto-pay',
    mode: 'test',
    method: null,
    n: 1,
    reference: '100-1-aaaa',
    status: 'open',
    exceptions: [],
    order: usd('50.00'),
    quoted: usd('50.00'),
    payable: null,
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: '7',
    payUrl: null,
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: created,
    expiresAt: created + minutes(30),
    monitorUntil: created + minutes(60 * 24 * 7),
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 1,
    ...change,
  });

/** A signed "paid" without a number, five minutes after the invoice was made. */
export const sampleFact = (change: Partial<Fact> = {}): Fact => ({
  ...blankFact,
  authority: 'signed',
  gatewayPaymentId: '7',
  status: 'paid',
  wireStatus: 'paid',
  received: 'attested',
  final: true,
  asOf: created + minutes(5),
  ...change,
});
