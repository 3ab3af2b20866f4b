import type { InvoiceId } from '@gatewright/payment-core';
import type { ChaosGateway } from '../plan/plan.ts';

export type PaymentKind = 'full' | 'under' | 'late';

export interface TakenPayment {
  readonly gateway: ChaosGateway;
  readonly kind: PaymentKind;
  /** The gateway's id. */
  readonly payment: string;
  /** Our record of it. */
  readonly invoice: InvoiceId;
  /** Of the simulators' clock, as all times here. */
  readonly takenAt: number;
  readonly expiresAt: number;
}

/** What really happened at the gateways for one order: what the ledger and the shop are held against. */
export interface Deeds {
  /** The shop's id; null before it was placed. */
  shopOrder: number | null;
  /** The payments the shopper was sent to, by gateway. */
  readonly invoices: {
    readonly gateway: ChaosGateway;
    readonly payment: string;
    readonly expiresAt: number;
    /** Our record of it. */
    readonly invoice: InvoiceId;
  }[];
  /** What the gateway took. */
  readonly payments: TakenPayment[];
  /** What the owner wanted to pay back, in the order's currency, and the last that the bridge said; null: nothing. */
  refund: { readonly amount: string; told: 'done' | 'checking' | 'nothing' } | null;
}

export const noDeeds = (): Deeds => ({ shopOrder: null, invoices: [], payments: [], refund: null });

/** Of the whole load. */
export interface LoadCounts {
  checkouts: number;
  checkoutsRefused: number;
  payments: number;
  paymentsRefused: number;
  webhooksLost: number;
  webhooksDropped: number;
  webhooksDuplicated: number;
  webhooksDelayed: number;
  webhooksReordered: number;
  apiFaults: number;
  refundsAsked: number;
}

export const noCounts = (): LoadCounts => ({
  checkouts: 0,
  checkoutsRefused: 0,
  payments: 0,
  paymentsRefused: 0,
  webhooksLost: 0,
  webhooksDropped: 0,
  webhooksDuplicated: 0,
  webhooksDelayed: 0,
  webhooksReordered: 0,
  apiFaults: 0,
  refundsAsked: 0,
});
