import type { Account, Store } from '../account/account.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import { seconds } from '../identity/clock.ts';
import { newInvoiceId, type RandomBytes } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import { currencyKind } from '../money/currency.ts';
import { equalDecimal } from '../money/decimal.ts';
import type { PaymentRequest } from './payment-request.ts';
import type { Quote } from './quote.ts';

/** How long a create call may be under way before another request may take it for lost. */
export const creatingLeaseMs = seconds(45);
/** An attempt about to expire is not worth sending a shopper to. */
const minimumLifeMs = seconds(30);

/** Printable, short, and unique for ever: gateways echo it and we match on it (TP-7, GN-2, CP-9). */
const referenceOf = (request: PaymentRequest, n: number, id: string): string =>
  `${request.orderNumber.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 24) || 'order'}-${n}-${id.slice(0, 12)}`;

export const isSameAttempt = (invoice: Invoice, request: PaymentRequest): boolean =>
  invoice.account === request.account &&
  invoice.method === request.method &&
  invoice.order.currency === request.amount.currency &&
  equalDecimal(invoice.order.amount, request.amount.amount);

/** Live, not superseded, and with enough of its life left. */
export const isUsable = (invoice: Invoice, now: number): boolean =>
  isLive(invoice.status) &&
  !invoice.superseded &&
  !invoice.ambiguous &&
  invoice.expiresAt > now + minimumLifeMs;

const lifeMs = (store: Store, gateway: RegisteredGateway, quote: Extract<Quote, { ok: true }>): number => {
  const fiat = quote.quoted !== null && currencyKind(quote.quoted.currency) === 'fiat';
  return fiat && gateway.capabilities.rateAtPayment
    ? store.policy.rateAtPaymentExpiryMs
    : store.policy.invoiceExpiryMs;
};

export interface NewAttempt {
  readonly request: PaymentRequest;
  readonly store: Store;
  readonly account: Account;
  readonly gateway: RegisteredGateway;
  readonly quote: Extract<Quote, { ok: true }>;
}

/** The row of a new attempt, before the gateway is asked: what it will be compared with is frozen here. */
export const newAttempt = (attempt: NewAttempt, n: number, random: RandomBytes, now: number): Invoice => {
  const { request, store, account, gateway, quote } = attempt;
  const id = newInvoiceId(random);
  const expiresAt = now + lifeMs(store, gateway, quote);
  return {
    id,
    store: store.id,
    orderKey: request.orderKey,
    account: account.id,
    gateway: gateway.id,
    mode: store.mode,
    method: request.method,
    n,
    reference: referenceOf(request, n, id),
    status: 'creating',
    exceptions: [],
    order: request.amount,
    quoted: quote.quoted,
    payable: null,
    rate: quote.rate,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: null,
    payUrl: null,
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: now,
    expiresAt,
    monitorUntil: expiresAt + store.policy.monitorMs,
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 0,
  };
};

/** The shopper chose another gateway, network or the total changed: the old attempt is cancelled where possible, and watched. */
export const supersedeOthers = async (
  tx: LedgerTransaction,
  attempts: readonly Invoice[],
  now: number,
): Promise<void> => {
  for (const other of attempts) {
    if (!isLive(other.status) || other.superseded) continue;
    await tx.invoices.update({ ...other, superseded: true });
    await tx.jobs.enqueue({ kind: 'cancel-invoice', invoice: other.id }, now);
  }
};
